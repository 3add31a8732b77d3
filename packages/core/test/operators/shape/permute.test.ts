import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { permute, permuteOperator } from "../../../src/operators/shape/permute.ts";
import { transpose } from "../../../src/operators/shape/transpose.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { allAxes } from "../../../src/tensor/shape.ts";
import { anyTensor, at, expectEntries, keeping, shapeOfRank } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";

const withOrder = anyTensor().chain((x) =>
  fc.tuple(
    fc.constant(x),
    fc.shuffledSubarray([...allAxes(x.rank)], { minLength: x.rank, maxLength: x.rank }),
  ),
);

describe("permute", () => {
  it("puts axis axes[i] at place i", () => {
    fc.assert(
      fc.property(withOrder, ([x, axes]) => {
        const y = keeping([x], () => permute(x, axes));
        expectEntries(
          y,
          axes.map((axis) => x.shape[axis]!),
          (index) =>
            at(
              x,
              Array.from(axes.keys(), (axis) => index[axes.indexOf(axis)]!),
            ),
        );
      }),
      { numRuns: runs },
    );
  });

  it("is undone by the inverse order", () => {
    fc.assert(
      fc.property(withOrder, ([x, axes]) => {
        const inverse = axes.map((_, axis) => axes.indexOf(axis));
        expectEntries(permute(permute(x, axes), inverse), x.shape, (index) => at(x, index));
      }),
      { numRuns: runs },
    );
  });

  it("copies matrices wider and higher than a tile", () => {
    const x = tensor(
      Array.from({ length: 70 }, (_, i) => Array.from({ length: 45 }, (__, j) => 100 * i + j)),
    );
    expectEntries(transpose(x), [45, 70], ([i, j]) => 100 * j! + i!);
  });

  it("counts negative axes from the end", () => {
    expect(permute(zeros([2, 3, 4]), [-1, 0, -2]).shape).toEqual([4, 2, 3]);
  });

  it("batches like a loop", () => {
    fc.assert(
      fc.property(
        shapeOfRank(0, 3).chain((shape) =>
          fc.tuple(
            fc.array(tensorOf(shape), { minLength: 1, maxLength: 3 }),
            fc.shuffledSubarray([...allAxes(shape.length)], { minLength: shape.length }),
          ),
        ),
        ([xs, axes]) => checkBatch(permuteOperator, { axes }, xs.map((x) => [x])), // prettier-ignore
      ),
      { numRuns: runs },
    );
  });

  it("refuses what is not an order of the axes", () => {
    expectError(() => permute(zeros([2, 3]), [0]), "ARGUMENT", /\[0\].*\[2,3\]/);
    expectError(() => permute(zeros([2, 3]), [1, 1]), "ARGUMENT", /\[1,1\].*\[2,3\]/);
    expectError(() => permute(zeros([2, 3]), [0, 2]), "ARGUMENT", /no axis 2 .*rank 2/);
    expectError(() => permuteOperator.evaluate([zeros([2, 3])], { axes: [0, 2] }), "ARGUMENT", /\[2,3\]/);
  });
});
