import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cumsum, cumsumOperator } from "../../../src/operators/reduction/cumsum.ts";
import { flip } from "../../../src/operators/shape/flip.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { anyNumber, anyTensor, at, expectEntries, shapeOfRank } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";
import { checkAlongAxis } from "./reference.ts";

describe("cumsum", () => {
  it("adds up along every axis, from either end", () => {
    const running = (entries: readonly number[]): number[] => {
      let total = -0;
      return entries.map((x) => (total += x));
    };
    checkAlongAxis((x, axis) => cumsum(x, { axis }), anyNumber, running);
    checkAlongAxis(
      (x, axis) => cumsum(x, { axis, reverse: true }),
      anyNumber,
      (entries) => running(entries.toReversed()).toReversed(),
    );
  });

  it("in reverse is the flip of the sums of the flip", () => {
    fc.assert(
      fc.property(anyTensor(shapeOfRank(1, 3)), (x) => {
        const turned = flip(cumsum(flip(x, { axes: -1 })), { axes: -1 });
        expectEntries(cumsum(x, { reverse: true }), x.shape, (index) => at(turned, index));
      }),
      { numRuns: runs },
    );
  });

  it("takes the last axis unless told, and batches like a loop", () => {
    expect(cumsum(tensor([[1, 2], [3, 4]])).toArray()).toEqual([[1, 3], [3, 7]]); // prettier-ignore
    expect(cumsum(tensor([[1, 2], [3, 4]]), { axis: -2 }).toArray()).toEqual([[1, 2], [4, 6]]); // prettier-ignore
    fc.assert(
      fc.property(
        fc.array(tensorOf([2, 3]), { minLength: 1, maxLength: 3 }),
        fc.nat(1),
        fc.boolean(),
        (xs, axis, reverse) =>
        checkBatch(cumsumOperator, { axis, reverse }, xs.map((x) => [x])), // prettier-ignore
      ),
      { numRuns: runs },
    );
  });

  it("refuses a scalar, and axes and options that aren't there", () => {
    expectError(() => cumsum(1), "ARGUMENT", /scalar has no axes/);
    expectError(() => cumsum(zeros([2]), { axis: 1 }), "ARGUMENT", /no axis 1 .*rank 1/);
    expectError(() => cumsum(zeros([2]), { axes: 0 } as never), "ARGUMENT", /no option "axes"/);
  });
});
