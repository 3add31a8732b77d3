import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as core from "../../src/index.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 2000);

/** What authors of strategies and interpreters build with; typed, and called in inner loops, so unchecked. */
const PLUMBING = new Set([
  "Tensor", "FluxionError", "applyCustomRule", "capturedByRule", "checkCotangents", "checkTangent", "defineOperator",
  "escaped", "evaluateFlat", "evaluateNodes", "flatten", "formatShape", "highestInterpreter", "indexById", "interpret",
  "invoke", "notationError", "operatorOf", "sameShape", "sameStructure", "scalar", "sizeOf", "traceFlat", "traced",
  "unflatten", "vmapFlat", "withLevel",
]); // prettier-ignore

type Call = (...args: readonly unknown[]) => unknown;
const functions = Object.entries(core).filter(
  (entry): entry is [string, Call] => typeof entry[1] === "function" && !PLUMBING.has(entry[0]),
);

const cyclic: unknown[] = [];
cyclic.push(cyclic);
const vector = core.tensor([1, 2]);
const matrix = core.tensor([
  [1, 2],
  [3, 4],
]);
const odd: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  undefined, null, "x", "0", true, 1n, Symbol("odd"), NaN, -1, 1.5, Infinity, 1e12, 0, 1, 2, () => 1, (x: unknown) => x,
  [], new Array(2), cyclic, {}, Object.create(null), new Map(), new Date(0), new Float32Array(2), Float64Array.of(1, 2), /x/,
  vector, matrix, core.tensor(3), core.zeros([0]), core.trace((x: core.Tensor) => core.sin(x))(1),
  Promise.resolve(1),
); // prettier-ignore
const names = [
  "axes", "axis", "keepDims", "reverse", "size", "rank", "correction", "lower", "transpose", "transposeA", "at", "names",
  "jvp", "vjp", "name", "nodes",
]; // prettier-ignore
const argument: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: odd },
  fc.array(odd, { maxLength: 3 }),
  fc.array(fc.array(odd, { maxLength: 3 }), { maxLength: 2 }),
  fc.dictionary(fc.constantFrom(...names), fc.oneof(odd, fc.array(odd, { maxLength: 2 })), { maxKeys: 2 }),
);

/** The call, and the call of what it returns; false when something else than a FluxionError comes out. */
function failsWell(call: Call, args: readonly unknown[], then: readonly unknown[]): boolean {
  try {
    const result = call(...args);
    if (result instanceof core.Tensor && result.store !== null)
      return result.store.length === core.sizeOf(result.shape);
    if (typeof result === "function") (result as Call)(...then);
    return true;
  } catch (error) {
    if (error instanceof core.FluxionError) return true;
    throw error;
  }
}

describe("every function that users call, with bad input", () => {
  it("is tested here", () => {
    expect(functions.length).toBeGreaterThan(100);
  });

  it.each(functions)("%s returns, or throws a FluxionError", (_, call) => {
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 4 }), fc.array(argument, { maxLength: 2 }), (args, then) =>
        failsWell(call, args, then),
      ),
      { numRuns: Math.ceil(runs / 10) },
    );
    expect(core.add(core.zeros([3]), 1).toArray()).toEqual([1, 1, 1]);
  });
});

describe("every differentiation operator, with bad input", () => {
  const strategy = core.defineStrategy({
    name: "test",
    mode: "forward",
    exact: true,
    jvp: (f, inputs) => {
      const values = f(inputs);
      return { values, tangents: values.map(() => null) };
    },
  });
  const operators = Object.entries(strategy).filter(
    (entry): entry is [string, Call] => typeof entry[1] === "function",
  );
  const optionNames = ["argument", "arguments", "aux", "other"];
  const options = fc.oneof(
    odd,
    fc.dictionary(fc.constantFrom(...optionNames), fc.oneof(odd, fc.array(odd, { maxLength: 2 })), {
      maxKeys: 2,
    }),
  );

  it.each(operators)("%s returns, or throws a FluxionError", (_, operator) => {
    const f = fc.oneof(
      odd,
      argument.map((result) => () => result),
      fc.constant((x: unknown) => x),
    );
    fc.assert(
      fc.property(f, options, fc.array(argument, { maxLength: 2 }), argument, (g, given, args, direction) =>
        failsWell((...xs) => (operator(g, given) as Call)(...xs), args, [direction]),
      ),
      { numRuns: Math.ceil(runs / 4) },
    );
  });
});
