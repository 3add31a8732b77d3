import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tril, trilOperator, triu, triuOperator } from "../../../src/operators/shape/triangle.ts";
import { add } from "../../../src/operators/elementwise/binary.ts";
import { ones, zeros } from "../../../src/tensor/create.ts";
import { anyTensor, at, exactNumber, expectEntries, keeping, shapeOfRank } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";

const matrices = anyTensor(shapeOfRank(2, 4));
const diagonal = fc.integer({ min: -5, max: 5 });

describe("tril, triu", () => {
  it("keep one side of a diagonal and put exact zeros on the other, whatever was there", () => {
    fc.assert(
      fc.property(matrices, diagonal, (x, k) => {
        const [lower, upper] = keeping([x], () => [tril(x, k), triu(x, k)]);
        const above = (index: readonly number[]): number => index.at(-1)! - index.at(-2)!;
        expectEntries(lower, x.shape, (index) => (above(index) <= k ? at(x, index) : 0));
        expectEntries(upper, x.shape, (index) => (above(index) >= k ? at(x, index) : 0));
      }),
      { numRuns: runs },
    );
  });

  it("split a matrix", () => {
    fc.assert(
      fc.property(anyTensor(shapeOfRank(2, 3), exactNumber), diagonal, (x, k) =>
        expectEntries(add(tril(x, k), triu(x, k + 1)), x.shape, (index) => at(x, index)),
      ),
      { numRuns: runs },
    );
    expect(tril(ones([2, 3])).toArray()).toEqual([[1, 0, 0], [1, 1, 0]]); // prettier-ignore
  });

  it("batch like a loop", () => {
    fc.assert(
      fc.property(fc.array(tensorOf([2, 3, 2]), { minLength: 1, maxLength: 3 }), diagonal, (xs, k) => {
        checkBatch(trilOperator, { k }, xs.map((x) => [x])); // prettier-ignore
        checkBatch(triuOperator, { k }, xs.map((x) => [x])); // prettier-ignore
      }),
      { numRuns: runs },
    );
  });

  it("refuse vectors and broken diagonals", () => {
    expectError(() => tril(zeros([3])), "SHAPE_MISMATCH", /tril takes a matrix.*\[3\]/);
    expectError(() => triu(1), "SHAPE_MISMATCH", /triu takes a matrix.*\[\]/);
    expectError(() => triu(zeros([2, 2]), 0.5), "ARGUMENT", /0\.5/);
  });
});
