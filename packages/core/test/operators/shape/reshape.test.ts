import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { broadcastTo, broadcastToOperator } from "../../../src/operators/shape/broadcast-to.ts";
import { expandDims } from "../../../src/operators/shape/expand-dims.ts";
import { reshape, reshapeOperator } from "../../../src/operators/shape/reshape.ts";
import { squeeze } from "../../../src/operators/shape/squeeze.ts";
import { arange, tensor, zeros } from "../../../src/tensor/create.ts";
import { anyShape, anyTensor, at, axisOf, expectEntries, keeping, tensorWith } from "../entries.ts";
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

describe("broadcastTo", () => {
  /** A shape, and the same with leading axes cut and some axes of length 1. */
  const stretched = anyShape.chain((shape) =>
    fc
      .tuple(
        fc.nat(shape.length),
        fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
      )
      .chain(([cut, ones]) => {
        const from = shape.map((length, axis) => (ones[axis] ? 1 : length)).slice(cut);
        return fc.tuple(fc.constant(shape), tensorWith(from));
      }),
  );

  it("repeats along new axes and axes of length 1", () => {
    fc.assert(
      fc.property(stretched, ([shape, x]) => {
        const y = keeping([x], () => broadcastTo(x, shape));
        const missing = shape.length - x.rank;
        expectEntries(
          y,
          shape,
          (index) =>
          at(x, x.shape.map((length, axis) => (length === 1 ? 0 : index[axis + missing]!))), // prettier-ignore
        );
      }),
      { numRuns: runs },
    );
  });

  it("batches like a loop", () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom([], [1], [3], [2, 1], [1, 3])
          .chain((shape) => fc.array(tensorOf(shape), { minLength: 1, maxLength: 3 })),
        (xs) => checkBatch(broadcastToOperator, { shape: [2, 2, 3] }, xs.map((x) => [x])), // prettier-ignore
      ),
      { numRuns: runs },
    );
  });

  it("refuses what would not stretch", () => {
    expectError(() => broadcastTo(zeros([2]), [3]), "SHAPE_MISMATCH", /\[2\].*\[3\]/);
    expectError(() => broadcastTo(zeros([3]), [1]), "SHAPE_MISMATCH", /\[3\].*\[1\]/);
    expectError(() => broadcastTo(zeros([2, 3]), [3]), "SHAPE_MISMATCH", /\[2,3\].*\[3\]/);
  });
});

describe("squeeze, expandDims", () => {
  it("undo each other", () => {
    fc.assert(
      fc.property(
        anyTensor().chain((x) => fc.tuple(fc.constant(x), axisOf(x.rank + 1))),
        ([x, axis]) => {
          const wide = expandDims(x, axis);
          expect(wide.shape.at(axis)).toBe(1);
          expectEntries(squeeze(wide, { axes: axis }), x.shape, (index) => at(x, index));
          expect(squeeze(x).shape).toEqual(x.shape.filter((length) => length !== 1));
        },
      ),
      { numRuns: runs },
    );
  });

  it("refuse axes of other lengths and places outside", () => {
    expectError(() => squeeze(zeros([2, 1]), { axes: [0, 1] }), "SHAPE_MISMATCH", /\[0,1\].*\[2,1\]/);
    expectError(() => expandDims(zeros([2]), 2), "ARGUMENT", /no axis 2/);
  });
});
