import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { variance } from "../../../src/operators/reduction/variance.ts";
import { add } from "../../../src/operators/elementwise/binary.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { anyTensor, exactNumber, shapeOfRank } from "../entries.ts";
import { expectClose, expectError, runs } from "../linear-algebra/tensors.ts";
import { checkOptions } from "./reference.ts";

describe("variance", () => {
  it("is the mean of squares less the square of the mean, and doesn't move with its entries", () => {
    fc.assert(
      fc.property(
        anyTensor(shapeOfRank(1, 3), exactNumber),
        fc.integer({ min: -1000, max: 1000 }),
        (x, shift) => {
          const expected = variance(x, { axes: 0 });
          expectClose(variance(add(x, shift), { axes: 0 }), expected, 1e-11);
          expect(expected.data.every((entry) => !(entry < 0))).toBe(true);
        },
      ),
      { numRuns: runs },
    );
    expect(variance(tensor([1, 2, 3, 4])).item()).toBe(1.25);
    expect(variance(tensor([1, 2, 3, 4]), { correction: 1 }).item()).toBe(5 / 3);
    expect(variance(tensor([[1, 3], [2, 6]]), { axes: 1, keepDims: true }).toArray()).toEqual([[1], [4]]); // prettier-ignore
    expect(variance(tensor([1e9, 1e9 + 1])).item()).toBe(0.25);
    expect(variance(5).item()).toBe(0);
    expect(variance(tensor([5]), { correction: 1 }).item()).toBe(NaN);
  });

  it("takes options", () => {
    checkOptions("variance", variance);
    expectError(() => variance(zeros([2]), { ddof: 1 } as never), "ARGUMENT", /no option "ddof".*correction/);
  });
});
