import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mean } from "../../../src/operators/reduction/mean.ts";
import { prod } from "../../../src/operators/reduction/prod.ts";
import { variance } from "../../../src/operators/reduction/variance.ts";
import { add } from "../../../src/operators/elementwise/binary.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { anyTensor, exactNumber, shapeOfRank } from "../entries.ts";
import { expectClose, expectError, runs } from "../linear-algebra/tensors.ts";
import { checkAgainst, checkOptions } from "./reference.ts";

describe("mean", () => {
  it("is the sum over the count, over every choice of axes", () => {
    checkAgainst(mean, exactNumber, (entries) =>
      entries.length === 0 ? NaN : entries.reduce((total, x) => total + x) / entries.length,
    );
    checkOptions("mean", mean);
    expect(mean(zeros([0])).item()).toBe(NaN);
    expect(mean(7).item()).toBe(7);
  });
});

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

describe("prod", () => {
  it("multiplies the entries over every choice of axes", () => {
    // Powers of two with signs and zeros: products are exact in any order.
    const power = fc.constantFrom(-2, -1, -0.5, 0.5, 1, 2, 4);
    checkAgainst(prod, power, (entries) => entries.reduce((total, x) => total * x, 1));
    checkAgainst(prod, fc.constantFrom(0, 1, 2), (entries) => entries.reduce((total, x) => total * x, 1));
  });

  it("is 1 of nothing, and takes options", () => {
    expect(prod(zeros([0])).item()).toBe(1);
    expect(prod(zeros([2, 0]), { axes: 1 }).toArray()).toEqual([1, 1]);
    expect(prod(zeros([2, 0]), { axes: 0 }).shape).toEqual([0]);
    expect(prod(tensor([1, 2, 3, 4, 5, 6, 7])).item()).toBe(5040);
    expect(prod(3).item()).toBe(3);
    expect(prod(tensor([NaN, 2])).item()).toBe(NaN);
    checkOptions("prod", prod);
  });
});
