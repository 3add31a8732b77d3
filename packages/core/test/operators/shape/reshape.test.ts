import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reshape, reshapeOperator } from "../../../src/operators/shape/reshape.ts";
import { arange, tensor, zeros } from "../../../src/tensor/create.ts";
import { anyTensor, keeping } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";

describe("reshape", () => {
  it("keeps the entries in row-major order", () => {
    fc.assert(
      fc.property(
        anyTensor().chain((x) =>
          fc.tuple(fc.constant(x), fc.shuffledSubarray([...x.shape], { minLength: x.rank })),
        ),
        ([x, shape]) => {
          const y = keeping([x], () => reshape(x, shape));
          expect(y.shape).toEqual(shape);
          expect(Array.from(y.data)).toEqual(Array.from(x.data));
          expect(reshape(x, [x.size]).shape).toEqual([x.size]);
        },
      ),
      { numRuns: runs },
    );
  });

  it("infers one length", () => {
    expect(reshape(arange(6), [2, -1]).shape).toEqual([2, 3]);
    expect(reshape(arange(6), [-1]).shape).toEqual([6]);
    expect(reshape(5, [-1, 1]).shape).toEqual([1, 1]);
    expect(reshape(tensor([[5]]), []).item()).toBe(5);
  });

  it("batches like a loop", () => {
    fc.assert(
      fc.property(
        fc.array(tensorOf([2, 3]), { minLength: 1, maxLength: 3 }),
        fc.constantFrom([6], [3, 2], [1, 6, 1]),
        (xs, shape) => checkBatch(reshapeOperator, { shape }, xs.map((x) => [x])), // prettier-ignore
      ),
      { numRuns: runs },
    );
  });

  it("refuses another number of entries", () => {
    expectError(() => reshape(arange(6), [4]), "SHAPE_MISMATCH", /\[6\] has 6 entries and \[4\] has 4/);
    expectError(() => reshape(arange(6), [4, -1]), "SHAPE_MISMATCH", /\[6\] cannot fill \[4,-1\]/);
    expectError(() => reshape(arange(6), [-1, -1]), "ARGUMENT", /-1/);
    expectError(() => reshape(arange(6), [2.5, 2.4]), "ARGUMENT", /2\.5/);
    expectError(() => reshape(zeros([0]), [0, -1]), "SHAPE_MISMATCH", /\[0\] cannot fill/);
  });
});
