import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { argmax } from "../../../src/operators/reduction/argmax.ts";
import { scatterAdd, scatterAddOperator } from "../../../src/operators/shape/scatter-add.ts";
import { take, takeOperator } from "../../../src/operators/shape/take.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { allAxes, type Shape } from "../../../src/tensor/shape.ts";
import {
  anyNumber,
  at,
  axisOf,
  exactNumber,
  expectEntries,
  indicesOf,
  keeping,
  shapeOfRank,
  tensorWith,
} from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";

/** A shape, one of its axes, and positions along that axis (which may repeat, and count from the end). */
const places = shapeOfRank(1, 4).chain((shape) =>
  axisOf(shape.length).chain((axis) => {
    const length = shape.at(axis)!;
    return fc.record({
      shape: fc.constant(shape),
      axis: fc.constant(axis),
      indices: fc.array(fc.integer({ min: -length, max: Math.max(length - 1, 0) }), {
        maxLength: length > 0 ? 5 : 0,
      }),
    });
  }),
);
const along = (shape: Shape, axis: number): number => allAxes(shape.length).at(axis)!;

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
