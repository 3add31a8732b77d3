import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logsumexp, logsumexpOperator } from "../../../src/operators/reduction/logsumexp.ts";
import { logSoftmax } from "../../../src/operators/reduction/log-softmax.ts";
import { softmax, softmaxOperator } from "../../../src/operators/reduction/softmax.ts";
import { sum } from "../../../src/operators/reduction/sum.ts";
import { exp } from "../../../src/operators/elementwise/exponential.ts";
import { add } from "../../../src/operators/elementwise/binary.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { anyTensor, exactNumber, shapeOfRank } from "../entries.ts";
import { checkBatch, expectClose, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";
import { checkAgainst, checkAlongAxis, checkOptions, checkReductionBatch } from "./reference.ts";

/** By the definition, with the largest entry taken out and the sum of the others in log1p. */
function reference(entries: readonly number[]): number {
  if (entries.length === 0) return -Infinity;
  const sorted = entries.toSorted((p, q) => q - p);
  if (Math.abs(sorted[0]!) === Infinity) return sorted[0]!;
  const position = entries.indexOf(sorted[0]!);
  const others = entries.reduce(
    (total, x, i) => (i === position ? total : total + Math.exp(x - sorted[0]!)),
    0,
  );
  return sorted[0]! + Math.log1p(others);
}

const withInfinities = fc.oneof(
  { weight: 4, arbitrary: exactNumber },
  { weight: 1, arbitrary: fc.constantFrom(-Infinity, Infinity, 1e308, -1e308) },
);

describe("logsumexp", () => {
  it("is the logarithm of the sum of exponentials over every choice of axes", () => {
    checkAgainst(logsumexp, withInfinities, reference);
    fc.assert(
      fc.property(anyTensor(shapeOfRank(1, 3), exactNumber), (x) =>
        expectClose(exp(logsumexp(x, { axes: 0 })), sum(exp(x), { axes: 0 }), 1e-13),
      ),
      { numRuns: runs },
    );
  });

  it("moves with its entries: logsumexp(x + c) = logsumexp(x) + c", () => {
    fc.assert(
      fc.property(anyTensor(shapeOfRank(1, 3), exactNumber), fc.integer({ min: -700, max: 700 }), (x, c) =>
        expectClose(logsumexp(add(x, c), { axes: 0 }), add(logsumexp(x, { axes: 0 }), c), 1e-13),
      ),
      { numRuns: runs },
    );
  });

  it("keeps what a far smaller entry adds", () => {
    expect(logsumexp(tensor([0, -40])).item()).toBe(Math.log1p(Math.exp(-40)));
    expect(logsumexp(tensor([-700, 0])).item()).toBe(Math.exp(-700));
  });

  it("doesn't overflow, and keeps ±∞ and NaN", () => {
    expect(logsumexp(tensor([1000, 1000])).item()).toBe(1000 + Math.log(2));
    expect(logsumexp(tensor([-1000, -1000])).item()).toBe(-1000 + Math.log(2));
    expect(logsumexp(tensor([-Infinity, -Infinity])).item()).toBe(-Infinity);
    expect(logsumexp(tensor([-Infinity, 3])).item()).toBe(3);
    expect(logsumexp(tensor([Infinity, -Infinity])).item()).toBe(Infinity);
    expect(logsumexp(tensor([Infinity, NaN])).item()).toBe(NaN);
    expect(logsumexp(tensor([NaN, 3])).item()).toBe(NaN);
    expect(logsumexp(zeros([0])).item()).toBe(-Infinity);
    expect(logsumexp(-2.5).item()).toBe(-2.5);
    expect(logsumexp(-0).item()).toBe(0);
  });

  it("takes options and batches like a loop", () => {
    checkOptions("logsumexp", logsumexp);
    checkReductionBatch(logsumexpOperator);
  });
});

describe("softmax", () => {
  it("is eˣ/Σeˣ along every axis", () => {
    checkAlongAxis((x, axis) => softmax(x, { axis }), withInfinities, (entries) => {
      const largest = Math.max(...entries);
      const weights = entries.map((x) => Math.exp(x - largest));
      return weights.map((weight) => weight / weights.reduce((total, other) => total + other, 0));
    }); // prettier-ignore
  });

  it("sums to 1, doesn't overflow, and gives -∞ no weight", () => {
    expect(softmax(tensor([1e308, 0])).toArray()).toEqual([1, 0]);
    expect(softmax(tensor([-1e308, -1e308])).toArray()).toEqual([0.5, 0.5]);
    expect(softmax(tensor([-Infinity, 2])).toArray()).toEqual([0, 1]);
    expect(softmax(tensor([NaN, 2])).toArray()).toEqual([NaN, NaN]);
    expect(softmax(tensor([Infinity, 2])).toArray()).toEqual([NaN, NaN]);
    expect(softmax(zeros([2, 0])).shape).toEqual([2, 0]);
    fc.assert(
      fc.property(anyTensor(fc.constant([4]), exactNumber), (x) => expectClose(sum(softmax(x)), [1], 1e-15)),
      { numRuns: runs },
    );
  });

  it("batches like a loop, and refuses a scalar", () => {
    fc.assert(
      fc.property(
        fc.array(tensorOf([2, 3]), { minLength: 1, maxLength: 3 }),
        fc.nat(1),
        (xs, axis) =>
        checkBatch(softmaxOperator, { axis }, xs.map((x) => [x])), // prettier-ignore
      ),
      { numRuns: runs },
    );
    expect(softmax(zeros([2, 4]), { axis: -2 }).toArray()).toEqual(new Array(2).fill(new Array(4).fill(0.5)));
    expectError(() => softmax(1), "ARGUMENT", /softmax: .*scalar has no axes/);
    expectError(() => softmax(zeros([2]), { axes: 0 } as never), "ARGUMENT", /no option "axes"/);
  });
});

describe("logSoftmax", () => {
  it("is the logarithm of softmax, also where that underflows", () => {
    fc.assert(
      fc.property(anyTensor(shapeOfRank(1, 3), exactNumber), (x) =>
        expectClose(exp(logSoftmax(x, { axis: 0 })), softmax(x, { axis: 0 }), 1e-13),
      ),
      { numRuns: runs },
    );
    expect(logSoftmax(tensor([0, -1000])).toArray()).toEqual([0, -1000]);
    expect(logSoftmax(tensor([1000, -Infinity])).toArray()).toEqual([0, -Infinity]);
    expectError(() => logSoftmax(1), "ARGUMENT", /logSoftmax: .*scalar/);
    expectError(() => logSoftmax(zeros([2]), { axes: 0 } as never), "ARGUMENT", /logSoftmax has no option/);
  });
});
