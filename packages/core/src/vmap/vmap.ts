import type { Interpreter } from "../dispatch/interpreter.ts";
import { withLevel } from "../dispatch/level.ts";
import { FluxionError } from "../errors.ts";
import type { AnyOperator } from "../operators/operator.ts";
import { broadcastTo } from "../operators/shape/broadcast-to.ts";
import { sum } from "../operators/reduction/sum.ts";
import { moveAxis } from "../operators/shape/move-axis.ts";
import { applyCustomRule, capturedByRule, type CustomRule } from "../strategy/custom-rule.ts";
import type { Inputs, Values } from "../strategy/types.ts";
import { found } from "../tensor/found.ts";
import { asTensor, type Numeric } from "../tensor/numeric.ts";
import { readOptions } from "../tensor/options.ts";
import { canonicalAxis } from "../tensor/shape.ts";
import { detached, type Tensor, traced } from "../tensor/tensor.ts";
import { flatten, unflatten } from "../tree/tree.ts";

/** Runs operators on a whole batch; a value's `extra` is the tensor with the batch at axis 0. */
class Batcher implements Interpreter {
  readonly name = "vmap";
  readonly level: number;
  readonly size: number;
  open = true;

  constructor(level: number, size: number) {
    this.level = level;
    this.size = size;
  }

  apply(operator: AnyOperator, inputs: readonly Tensor[], attributes: object): Tensor {
    const batched = inputs.map((x) => x.level === this.level);
    // What fits together is decided by the shapes of one example, and so is what an error says.
    operator.shape(inputs.map((x) => x.shape), attributes as never); // prettier-ignore
    return this.wrap(
      operator.batch(
        { size: this.size, batched },
        inputs.map((x) => this.unwrap(x)),
        attributes,
      ),
    );
  }

  /** The rules of a function are batched like the function, so that levels below still find them. */
  applyCustom(rule: CustomRule, inputs: readonly Tensor[]): Tensor {
    const batched = inputs.map((x) => x.level === this.level);
    const { jvp, vjp } = rule;
    const over =
      (g: (xs: readonly Tensor[]) => readonly Tensor[], axes: readonly boolean[]) =>
      (xs: readonly Tensor[]) =>
        vmapFlat(g, this.size, xs, axes);
    const batchedRule: CustomRule = {
      name: rule.name,
      otherwise: rule.otherwise,
      f: (xs) => over((ys) => [rule.f(ys)], batched)(xs)[0]!,
      jvp:
        jvp &&
        ((xs, tangents) =>
          over(
            (all) => [jvp(all.slice(0, xs.length), all.slice(xs.length))],
            [...batched, ...batched],
          )([...xs, ...tangents])[0]!),
      vjp:
        vjp &&
        ((cotangent, xs, output) => {
          const results = over(
            ([c, ...all]) => vjp(c!, all.slice(0, xs.length), all[xs.length]!),
            [true, ...batched, true],
          )([cotangent, ...xs, output]);
          // The cotangent of an input that all examples share is the sum of theirs.
          return results.map((result, i) => (batched[i]! ? result : sum(result, { axes: 0 })));
        }),
    };
    const output = applyCustomRule(batchedRule, inputs.map((x) => this.unwrap(x))); // prettier-ignore
    if (output.level >= this.level) throw capturedByRule(this.name, rule.name);
    return this.wrap(output);
  }

  unwrap(x: Tensor): Tensor {
    return x.level === this.level ? (x.extra as Tensor) : x;
  }

  wrap(storage: Tensor): Tensor {
    return traced(this, storage.shape.slice(1), null, storage);
  }
}

/** f over a batch at axis 0 of the inputs so marked; every result carries the batch at axis 0. */
export function vmapFlat(
  f: (inputs: readonly Tensor[]) => readonly Numeric[],
  size: number,
  inputs: readonly Tensor[],
  batched: readonly boolean[],
): readonly Tensor[] {
  return withLevel(
    (level) => new Batcher(level, size),
    (batcher) =>
      f(inputs.map((x, i) => (batched[i]! ? batcher.wrap(x) : x))).map((result) => {
        const y = asTensor(result);
        return y.level === batcher.level ? batcher.unwrap(y) : broadcastTo(y, [size, ...y.shape]);
      }),
  );
}

/** Which axis of each argument is the batch: a number for all arguments, or one entry for each; null shares the argument. */
export type BatchAxes = number | readonly (number | null)[];

/**
 * f applied to every example of a batch at once. The batch is axis 0 of every leaf of every argument unless `axes` says
 * otherwise (null: the argument is shared by all examples); results carry it at axis 0. Per-example gradients are
 * `vmap(gradient(f))`. Throws `SHAPE_MISMATCH` when the batches differ in length, `ARGUMENT` when there is none.
 *
 * @example
 * import { dot, tensor, vmap, type Tensor } from "@fluxion/core";
 * const rows = tensor([[1, 2], [3, 4]]);
 * const products = vmap((row: Tensor, w: Tensor) => dot(row, w), { axes: [0, null] })(rows, tensor([1, 1]));
 * String(products); // => [3, 7]
 */
export function vmap<P extends readonly unknown[] = [Tensor], const Y = unknown>(
  f: (...args: P) => Y,
  options: { readonly axes?: BatchAxes } = {},
): <A extends Inputs<P>>(...args: A) => Values<Y> {
  if (typeof f !== "function")
    throw new FluxionError(
      "ARGUMENT",
      `vmap takes the function to apply, found ${found(f)}. Write vmap(f)(x).`,
    );
  readOptions("vmap", options, "axes");
  const axes = axesOf(options.axes);
  return (...args) => {
    const leaves: Numeric[] = [];
    const axisOfLeaf: (number | null)[] = [];
    if (typeof axes !== "number" && axes.length !== args.length)
      throw new FluxionError(
        "ARGUMENT",
        `vmap: axes has ${axes.length} entries and f got ${args.length} arguments. Give one entry for each, null for a shared one.`,
      );
    const structures = args.map((argument, position) => {
      const before = leaves.length;
      const structure = flatten("vmap", argument, leaves);
      const axis = typeof axes === "number" ? axes : axes[position]!;
      for (let i = before; i < leaves.length; i++) axisOfLeaf.push(axis);
      return structure;
    });
    const inputs = leaves.map((leaf, i) => {
      const x = asTensor(leaf);
      const axis = axisOfLeaf[i]!;
      return axis === null ? x : moveAxis(x, canonicalAxis("vmap", axis, x.rank), 0);
    });
    const batched = axisOfLeaf.map((axis) => axis !== null);
    const size = batchSize(inputs, batched);
    let result: ReturnType<typeof flatten> | undefined;
    const outputs = vmapFlat(
      (xs) => {
        const outputLeaves: Numeric[] = [];
        result = flatten(
          "vmap",
          f(...(unflatten({ kind: "array", children: structures }, xs) as unknown as P)),
          outputLeaves,
        );
        return outputLeaves;
      },
      size,
      inputs,
      batched,
    );
    const results: unknown = unflatten(result!, outputs.map(detached));
    return results as Values<Y>;
  };
}

/** A copy of the axes asked for. Throws `ARGUMENT` unless each is an integer or null. */
function axesOf(axes: BatchAxes = 0): BatchAxes {
  const list: readonly unknown[] = Array.isArray(axes) ? Array.from(axes) : [axes];
  const wrong = list.find((axis) => axis !== null && !Number.isInteger(axis));
  if (wrong !== undefined || list.includes(undefined) || axes === null)
    throw new FluxionError(
      "ARGUMENT",
      `vmap: axes is an integer, or an array with an integer or null for each argument, such as [0, null]; found ${found(axes === null ? axes : wrong)}.`,
    );
  return Array.isArray(axes) ? (list as readonly (number | null)[]) : axes;
}

function batchSize(inputs: readonly Tensor[], batched: readonly boolean[]): number {
  const sizes = inputs.filter((_, i) => batched[i]!).map((x) => x.shape[0]!);
  if (sizes.length === 0)
    throw new FluxionError(
      "ARGUMENT",
      "vmap: no argument carries a batch. Give at least one an axis, or call f itself.",
    );
  if (sizes.some((size) => size !== sizes[0]))
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `vmap: the batches have the lengths ${sizes.join(", ")}. All must be equal; mark shared arguments with null in axes.`,
    );
  return sizes[0]!;
}
