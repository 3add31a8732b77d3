import fc from "fast-check";
import { describe, it } from "vitest";
import { broadcastTo, broadcastToOperator } from "../../../src/operators/shape/broadcast-to.ts";
import { zeros } from "../../../src/tensor/create.ts";
import { anyShape, at, expectEntries, keeping, tensorWith } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";

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
