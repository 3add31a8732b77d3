import fc from "fast-check";
import { describe, it } from "vitest";
import * as core from "../../src/index.ts";
import type { OperatorName, Tensor } from "../../src/index.ts";
import { invoke } from "../../src/dispatch/invoke.ts";
import { domains, sampleOperand } from "../../src/domains/index.ts";
import { operators } from "../../src/operators/registry.ts";
import { exampleOf } from "../domains/examples.ts";
import { expectClose, runs, tensorOf } from "./linear-algebra/tensors.ts";

const { evaluate, stack, toTypeScript, trace, vmap } = core;

/** Functions made of several operators, or that normalise what users give. */
const composites: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  "slice with an index and a negative step": (x) => core.slice(x, [-1, [null, null, -2]]),
  "slice with an empty range": (x) => core.slice(x, [[2, 1]]),
  "transpose": (x) => core.transpose(x),
  "permute": (x) => core.permute(x, [-1, 0, -2]),
  "flip": (x) => core.flip(x),
  "pad": (x) => core.pad(x, 1),
  "split": (x) => core.split(x, [1, 1], { axis: -3 })[1]!,
  "squeeze": (x) => core.squeeze(core.expandDims(x, 1)),
  "concatenate with a constant": (x) => core.concatenate([x, core.ones([2, 1, 2])], { axis: 1 }),
  "stack with a constant": (x) => stack([core.zeros([2, 3, 2]), x], { axis: -1 }),
  "take": (x) => core.take(x, [-1, 0, -1], { axis: 1 }),
  "scatterAdd": (x) => core.scatterAdd(x, [0, -1], { size: 3 }),
  "mean": (x) => core.mean(x, { axes: [0, 2] }),
  "variance": (x) => core.variance(x, { axes: 1, keepDims: true, correction: 1 }),
  "prod": (x) => core.prod(x, { axes: [0, 1] }),
  "prod of everything": (x) => core.prod(x),
  "prod of nothing": (x) => core.prod(core.slice(x, [[0, 0]]), { axes: 0 }),
  "logSoftmax": (x) => core.logSoftmax(x, { axis: 1 }),
  "softmax": (x) => core.softmax(x),
  "cumsum": (x) => core.cumsum(x, { axis: 0, reverse: true }),
  "argmax": (x) => core.argmax(x),
  "norm": (x) => core.norm(x, { axes: -1 }),
  "sum of nothing": (x) => core.sum(core.slice(x, [[0, 0]]), { axes: 0 }),
}; // prettier-ignore

describe.each(Object.entries(composites))("%s", (_, f) => {
  it("under vmap gives what a loop gives, also twice", () => {
    fc.assert(
      fc.property(fc.array(tensorOf([2, 3, 2]), { minLength: 1, maxLength: 3 }), (xs) => {
        const loop = stack(xs.map(f));
        expectClose(vmap(f)(stack(xs)), loop, 1e-14);
        expectClose(vmap(vmap(f))(stack([stack(xs), stack(xs)])), stack([loop, loop]), 1e-14);
      }),
      { numRuns: Math.ceil(runs / 4) },
    );
  });

  it("traced gives the same", () => {
    fc.assert(
      fc.property(tensorOf([2, 3, 2]), (x) => {
        expectClose(evaluate(trace(f)(core.zeros([2, 3, 2])), x) as Tensor, f(x), 0);
      }),
      { numRuns: Math.ceil(runs / 4) },
    );
  });
});

describe("the source of a graph calls every operator as users do", () => {
  it.each(Object.keys(operators) as OperatorName[])("%s", (name) => {
    const { shapes, attributes } = exampleOf(name);
    const { operands } = domains[name];
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) => {
        const inputs = shapes.map((shape, i) =>
          sampleOperand(operands[Math.min(i, operands.length - 1)]!, shape, () => stream.next().value!),
        );
        const graph = trace((...xs: Tensor[]) => invoke(operators[name] as never, xs, attributes))(...inputs);
        const found = run(toTypeScript(graph), inputs);
        expectClose(found, operators[name].evaluate(inputs as never, attributes as never), 0);
      }),
      { numRuns: 5 },
    );
  });
});

/** Runs the source of a function on inputs, with the types taken out. */
function run(source: string, inputs: readonly Tensor[]): Tensor {
  const [, names] = /^import \{ (.*?), type Tensor \}/.exec(source)!;
  const body = source
    .slice(source.indexOf("export function"))
    .replace("export ", "return ")
    .replaceAll(": Tensor", "");
  // oxlint-disable-next-line typescript/no-implied-eval -- running the source that was written is the test
  const make = new Function(`{ ${names} }`, body) as (
    library: typeof core,
  ) => (...xs: readonly Tensor[]) => Tensor;
  return make(core)(...inputs);
}
