import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { argmax } from "../../../src/operators/reduction/argmax.ts";
import { take, takeOperator } from "../../../src/operators/shape/take.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { anyNumber, at, expectEntries, keeping, tensorWith } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";
import { along, places } from "./places.ts";

describe("take", () => {
  it("reads the entries at the indices", () => {
    const drawn = places.chain((place) => fc.tuple(fc.constant(place), tensorWith(place.shape, anyNumber)));
    fc.assert(
      fc.property(drawn, ([{ shape, axis, indices }, x]) => {
        const at0 = along(shape, axis);
        const positions = indices.map((i) => (i < 0 ? i + shape[at0]! : i));
        const y = keeping([x], () => take(x, indices, { axis }));
        expectEntries(y, shape.with(at0, indices.length), (index) =>
          at(x, index.with(at0, positions[index[at0]!]!)),
        );
      }),
      { numRuns: runs },
    );
  });

  it("takes its indices from a concrete vector, too", () => {
    const x = tensor([[1, 9, 2], [8, 3, 4]]); // prettier-ignore
    expect(take(x, argmax(x), { axis: 1 }).toArray()).toEqual([[9, 1], [3, 8]]); // prettier-ignore
  });

  it("batches like a loop", () => {
    fc.assert(
      fc.property(
        fc.array(tensorOf([2, 3, 2]), { minLength: 1, maxLength: 3 }),
        fc.nat(2),
        (xs, axis) =>
        checkBatch(takeOperator, { axis, indices: [1, 0, 1, 1] }, xs.map((x) => [x])), // prettier-ignore
      ),
      { numRuns: runs },
    );
  });

  it("refuses positions outside, and what is not a position", () => {
    expectError(() => take(zeros([2, 3]), [2]), "ARGUMENT", /index 2 in an axis of length 2/);
    expectError(() => take(zeros([2, 3]), [-3]), "ARGUMENT", /length 2/);
    expectError(() => take(zeros([2, 3]), [0.5]), "ARGUMENT", /0\.5/);
    expectError(() => take(zeros([2, 3]), [NaN]), "ARGUMENT", /NaN/);
    expectError(() => take(zeros([0]), [0]), "ARGUMENT", /length 0/);
    expectError(() => take(zeros([2, 3]), 1 as never), "ARGUMENT", /array of integers.*found number/);
    expectError(() => take(zeros([2, 3]), zeros([1, 1])), "ARGUMENT", /\[1,1\]/);
    expectError(() => take(3, [0]), "ARGUMENT", /scalar has no axes/);
  });
});
