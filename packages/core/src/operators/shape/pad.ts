import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { found } from "../../tensor/found.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { formatShape, type Shape, stridesOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { type Attributes, defineOperator, type Operator } from "../operator.ts";
import { copyStrided } from "./strided.ts";

export const padOperator: Operator<"pad"> = /* @__PURE__ */ defineOperator("pad", {
  shape: ([x], attributes) => paddedShape(x!, attributes),
  evaluate: ([x], attributes) => {
    const shape = paddedShape(x.shape, attributes);
    if (x.store === null) return x;
    const out = allocateShape(shape);
    const strides = stridesOf(shape);
    copyStrided(
      x.shape,
      { data: x.store, offset: 0, strides: stridesOf(x.shape) },
      {
        data: out,
        offset: attributes.before.reduce((offset, count, axis) => offset + count * strides[axis]!, 0),
        strides,
      },
    );
    return concrete(out, shape);
  },
  batch: (_, [x], { before, after }) =>
    invoke(padOperator, [x], { before: [0, ...before], after: [0, ...after] }),
});

function paddedShape(x: Shape, { before, after }: Attributes<"pad">): Shape {
  if (before.length !== x.length || after.length !== x.length)
    throw new FluxionError(
      "ARGUMENT",
      `pad: ${before.length} pairs of widths for the shape ${formatShape(x)}, which has ${x.length} axes. Give one pair [before, after] for each axis.`,
    );
  if (![...before, ...after].every((count) => Number.isSafeInteger(count) && count >= 0))
    throw new FluxionError(
      "ARGUMENT",
      `pad: the widths before [${before.join(",")}] and after [${after.join(",")}] must be non-negative integers. Use slice() to cut.`,
    );
  return x.map((length, axis) => before[axis]! + length + after[axis]!);
}

/** Throws `ARGUMENT` unless the widths are an array of pairs. */
function pairsOf(widths: unknown): readonly (readonly [before: number, after: number])[] {
  const isPair = (pair: unknown): pair is readonly [number, number] =>
    Array.isArray(pair) && pair.length === 2 && pair.every((width) => typeof width === "number");
  if (Array.isArray(widths)) {
    // Array.from, so that the holes of a sparse array are seen and refused.
    const pairs = Array.from(widths as readonly unknown[]);
    if (pairs.every(isPair)) return pairs;
  }
  throw new FluxionError(
    "ARGUMENT",
    `pad takes one number for every side, or an array of pairs [before, after], as in pad(x, [[1, 2]]); found ${found(widths)}${Array.isArray(widths) ? " of something else" : ""}.`,
  );
}

/**
 * x with zeros around it: a pair [before, after] for each axis, or one width for every side.
 * Throws `ARGUMENT` unless there is a pair of non-negative integers for each axis.
 *
 * @example
 * import { pad, tensor } from "@fluxion/core";
 * pad(tensor([1, 2]), [[1, 2]]).toArray(); // => [0,1,2,0,0]
 */
export function pad(
  x: Numeric,
  widths: number | readonly (readonly [before: number, after: number])[],
): Tensor {
  const a = asTensor(x);
  const pairs = typeof widths === "number" ? a.shape.map(() => [widths, widths] as const) : pairsOf(widths);
  const attributes = { before: pairs.map(([before]) => before), after: pairs.map(([, after]) => after) };
  return pairs.every(([before, after]) => before === 0 && after === 0) && pairs.length === a.rank
    ? a
    : invoke(padOperator, [a], attributes);
}
