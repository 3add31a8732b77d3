import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flip, flipOperator } from "../../../src/operators/shape/flip.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { allAxes } from "../../../src/tensor/shape.ts";
import { anyTensor, at, expectEntries, keeping } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";

describe("flip", () => {
  it("reverses the axes named, and undoes itself", () => {
    const drawn = anyTensor().chain((x) => fc.tuple(fc.constant(x), fc.subarray([...allAxes(x.rank)])));
    fc.assert(
      fc.property(drawn, ([x, axes]) => {
        const y = keeping([x], () => flip(x, { axes }));
        expectEntries(
          y,
          x.shape,
          (index) =>
          at(x, index.map((i, axis) => (axes.includes(axis) ? x.shape[axis]! - 1 - i : i))), // prettier-ignore
        );
        expectEntries(flip(y, { axes }), x.shape, (index) => at(x, index));
      }),
      { numRuns: runs },
    );
  });

  it("reverses all axes unless told, and counts negative ones from the end", () => {
    const x = tensor([[1, 2], [3, 4]]); // prettier-ignore
    expect(flip(x).toArray()).toEqual([[4, 3], [2, 1]]); // prettier-ignore
    expect(flip(x, { axes: -1 }).toArray()).toEqual([[2, 1], [4, 3]]); // prettier-ignore
    expect(flip(5).item()).toBe(5);
  });

  it("batches like a loop", () => {
    fc.assert(
      fc.property(
        fc.array(tensorOf([2, 3, 2]), { minLength: 1, maxLength: 3 }),
        fc.subarray([0, 1, 2]),
        (xs, axes) => checkBatch(flipOperator, { axes }, xs.map((x) => [x])), // prettier-ignore
      ),
      { numRuns: runs },
    );
  });

  it("refuses axes that aren't there", () => {
    expectError(() => flip(zeros([2]), { axes: 1 }), "ARGUMENT", /no axis 1 .*rank 1/);
    expectError(() => flip(zeros([2, 2]), { axes: [0, -2] }), "ARGUMENT", /axis 0 is named twice/);
    expectError(() => flip(zeros([2, 2]), { axis: 0 } as never), "ARGUMENT", /no option "axis".*axes/);
  });
});
