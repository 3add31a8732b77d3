import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scatterAdd, scatterAddOperator } from "../../../src/operators/shape/scatter-add.ts";
import { take } from "../../../src/operators/shape/take.ts";
import { zeros } from "../../../src/tensor/create.ts";
import { at, exactNumber, expectEntries, indicesOf, keeping, tensorWith } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";
import { along, places } from "./places.ts";

describe("scatterAdd", () => {
  it("adds the entries at the indices", () => {
    const drawn = places.chain((place) =>
      fc.tuple(
        fc.constant(place),
        tensorWith(place.shape.with(place.axis, place.indices.length), exactNumber),
      ),
    );
    fc.assert(
      fc.property(drawn, ([{ shape, axis, indices }, x]) => {
        const at0 = along(shape, axis);
        const size = shape[at0]!;
        const y = keeping([x], () => scatterAdd(x, indices, { axis, size }));
        expectEntries(y, shape, (index) =>
          indices.reduce((total, place, i) => {
            const hit = (place < 0 ? place + size : place) === index[at0];
            return hit ? total + at(x, index.with(at0, i)) : total;
          }, 0),
        );
      }),
      { numRuns: runs },
    );
  });

  it("is the adjoint of take: ⟨take(x), y⟩ = ⟨x, scatterAdd(y)⟩", () => {
    const drawn = places.chain((place) =>
      fc.tuple(
        fc.constant(place),
        tensorWith(place.shape, exactNumber),
        tensorWith(place.shape.with(place.axis, place.indices.length), exactNumber),
      ),
    );
    fc.assert(
      fc.property(drawn, ([{ shape, axis, indices }, x, y]) => {
        const inner = (p: typeof x, q: typeof x): number =>
          indicesOf(p.shape).reduce((total, index) => total + at(p, index) * at(q, index), 0);
        const back = scatterAdd(y, indices, { axis, size: shape.at(axis)! });
        expect(inner(take(x, indices, { axis }), y)).toBe(inner(x, back));
      }),
      { numRuns: runs },
    );
  });

  it("batches like a loop", () => {
    fc.assert(
      fc.property(
        fc.array(tensorOf([3, 3]), { minLength: 1, maxLength: 3 }),
        fc.nat(1),
        (xs, axis) =>
        checkBatch(scatterAddOperator, { axis, indices: [3, 0, 3], size: 5 }, xs.map((x) => [x])), // prettier-ignore
      ),
      { numRuns: runs },
    );
  });

  it("refuses indices that don't fit", () => {
    expectError(() => scatterAdd(zeros([2, 3]), [0], { size: 3 }), "SHAPE_MISMATCH", /1 indices.*\[2,3\]/);
    expectError(() => scatterAdd(zeros([2]), [0, 3], { size: 3 }), "ARGUMENT", /index 3 .*length 3/);
    expectError(() => scatterAdd(zeros([2]), [0, 1], { size: -1 }), "ARGUMENT", /-1/);
    expectError(() => scatterAdd(zeros([2]), [0, 1], {} as never), "ARGUMENT", /undefined/);
    expectError(
      () => scatterAddOperator.evaluate([zeros([1])], { axis: 0, indices: [4], size: 2 }),
      "ARGUMENT",
      /index 4/,
    );
  });
});
