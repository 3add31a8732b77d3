import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logsumexp, logsumexpOperator } from "../../../src/operators/reduction/logsumexp.ts";
import { sum } from "../../../src/operators/reduction/sum.ts";
import { exp } from "../../../src/operators/elementwise/exponential.ts";
import { add } from "../../../src/operators/elementwise/binary.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { anyTensor, exactNumber, shapeOfRank } from "../entries.ts";
import { expectClose, runs } from "../linear-algebra/tensors.ts";
import { checkAgainst, checkOptions, checkReductionBatch } from "./reference.ts";

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
