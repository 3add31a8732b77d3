import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as functions from "../../../src/functions/index.ts";
import * as elementwise from "../../../src/operators/elementwise/index.ts";
import type { UnaryName } from "../../../src/operators/elementwise/define.ts";
import { operators } from "../../../src/operators/registry.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { formatShape } from "../../../src/tensor/shape.ts";
import { anyNumber, anyTensor, at, expectEntries, keeping } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";

/** Operators of one operand that look at more than one entry. */
type NotElementwise = "trace" | "diagonal" | "diagonalMatrix" | "det" | "logdet" | "inverse" | "cholesky";
type Name = Exclude<UnaryName, NotElementwise>;

/** What each operator is for a number; a missing one doesn't compile. */
const scalarFunctions: { readonly [N in Name]: (x: number) => number } = {
  ...functions,
  stopGradient: (x) => x,
};

const names = (Object.keys(operators) as (keyof typeof operators)[]).filter(
  (name): name is Name =>
    name in elementwise && name in scalarFunctions && scalarFunctions[name as Name].length === 1,
);

describe("elementwise operators of one operand", () => {
  it("are all here", () => {
    expect(names).toHaveLength(36);
  });

  it.each(names)("%s applies its function to every entry of any tensor", (name) => {
    const f = scalarFunctions[name];
    fc.assert(
      fc.property(anyTensor(), (x) => {
        const y = keeping([x], () => elementwise[name](x));
        expectEntries(y, x.shape, (index) => f(at(x, index)));
      }),
      { numRuns: runs },
    );
  });

  it.each(names)("%s takes numbers and Float64Arrays as it takes tensors", (name) => {
    fc.assert(
      fc.property(anyNumber, (x) => {
        const expected = scalarFunctions[name](x);
        expect(elementwise[name](x).item()).toBe(expected);
        expect(elementwise[name](tensor(x)).shape).toEqual([]);
        expect(Array.from(elementwise[name](Float64Array.of(x)).data)).toEqual([expected]);
        expect(elementwise[name](tensor([[x]])).toArray()).toEqual([[expected]]);
      }),
      { numRuns: runs },
    );
  });

  it.each(names)("%s batches like a loop", (name) => {
    fc.assert(
      fc.property(
        fc
          .constantFrom([], [3], [2, 2], [0])
          .chain((shape) => fc.array(fc.tuple(tensorOf(shape)), { minLength: 1, maxLength: 3 })),
        (examples) => checkBatch<"neg">(operators[name] as never, {}, examples),
      ),
      { numRuns: Math.ceil(runs / 4) },
    );
  });

  it.each(names)("%s says what to use instead of an array, an object, text or nothing", (name) => {
    const apply = elementwise[name] as (x: unknown) => unknown;
    expectError(() => apply([1, 2]), "ARGUMENT", /an array.*tensor\(\[…\]\)/);
    expectError(() => apply({ x: 1 }), "ARGUMENT", /found an object/);
    expectError(() => apply("1"), "ARGUMENT", /found string/);
    expectError(() => apply(undefined), "ARGUMENT", /found undefined/);
    expectError(() => apply(null), "ARGUMENT", /found null/);
  });

  it.each(names)("%s keeps the shape in its shape rule", (name) => {
    for (const shape of [[], [0], [2, 1, 3]])
      expect(formatShape(operators[name].shape([shape], {}))).toBe(formatShape(shape));
    expect(elementwise[name](zeros([0, 2])).shape).toEqual([0, 2]);
  });
});

describe("polygamma", () => {
  it("applies ψ⁽ⁿ⁾ to every entry", () => {
    fc.assert(
      fc.property(anyTensor(), fc.nat(4), (x, order) => {
        const y = keeping([x], () => elementwise.polygamma(order, x));
        expectEntries(y, x.shape, (index) => functions.polygamma(order, at(x, index)));
      }),
      { numRuns: runs },
    );
  });

  it("batches like a loop, and refuses orders that don't count", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(tensorOf([2, 2])), { minLength: 1, maxLength: 3 }), (examples) =>
        checkBatch(elementwise.polygammaOperator, { order: 2 }, examples),
      ),
      { numRuns: Math.ceil(runs / 4) },
    );
    for (const order of [-1, 0.5, NaN])
      expectError(() => elementwise.polygamma(order, 1), "ARGUMENT", new RegExp(`order ${order}`));
  });
});
