import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { norm, normOperator } from "../../../src/operators/reduction/norm.ts";
import { mul } from "../../../src/operators/elementwise/binary.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { concrete } from "../../../src/tensor/tensor.ts";
import { anyTensor, exactNumber } from "../entries.ts";
import { runs } from "../linear-algebra/tensors.ts";
import { checkAgainst, checkOptions, checkReductionBatch } from "./reference.ts";

describe("norm", () => {
  it("is the root of the sum of squares over every choice of axes", () => {
    // Squares of multiples of 1/8 and their sums are exact.
    checkAgainst(norm, exactNumber, (entries) => Math.sqrt(entries.reduce((total, x) => total + x * x, 0)));
  });

  it("scales with its entries by any power of two, from the subnormal to the largest", () => {
    fc.assert(
      fc.property(
        anyTensor(fc.constant([3]), exactNumber),
        fc.integer({ min: -1070, max: 1018 }),
        (x, exponent) => {
          const scale = 2 ** Math.trunc(exponent / 2) * 2 ** (exponent - Math.trunc(exponent / 2));
          const scaled = mul(x, scale);
          // Entries that become subnormal are rounded themselves.
          if (!scaled.data.every((entry, i) => entry / scale === x.data[i])) return;
          const expected = norm(x).item() * scale;
          expect(Math.abs(norm(scaled).item() - expected)).toBeLessThanOrEqual(expected * 1e-15 + 5e-324);
        },
      ),
      { numRuns: 3 * runs },
    );
    expect(norm(tensor([3e200, 4e200])).item()).toBeCloseTo(5e200, -186);
    expect(norm(tensor([3e-200, 4e-200])).item() / 5e-200).toBeCloseTo(1, 14);
    expect(norm(tensor([5e-324])).item()).toBe(5e-324);
    expect(norm(tensor([1.7e308, 1.7e308])).item()).toBe(Infinity);
    expect(norm(tensor([1.2e308, 1.2e308])).item() / 1.2e308).toBeCloseTo(Math.SQRT2, 14);
    expect(norm(tensor([1, 1e-200, 1e-300])).item()).toBe(1);
  });

  it("has an error that doesn't grow with the number of entries", () => {
    const x = concrete(new Float64Array(160_000).fill(0.1), [160_000]);
    expect(Math.abs(norm(x).item() / 40 - 1)).toBeLessThan(1e-15);
  });

  it("is 0 of nothing, |x| of a number, and keeps ∞ and NaN", () => {
    expect(norm(zeros([0])).item()).toBe(0);
    expect(norm(tensor([-0, 0])).item()).toBe(0);
    expect(norm(-3).item()).toBe(3);
    expect(norm(tensor([-3, 4]), { axes: [] }).toArray()).toEqual([3, 4]);
    expect(norm(tensor([[3], [4]])).item()).toBe(5);
    expect(norm(tensor([-Infinity, 1])).item()).toBe(Infinity);
    expect(norm(tensor([NaN, 1])).item()).toBe(NaN);
    expect(norm(tensor([NaN, Infinity])).item()).toBe(NaN);
  });

  it("obeys the triangle inequality", () => {
    fc.assert(
      fc.property(anyTensor(fc.constant([6]), exactNumber), (x) => {
        const halves = norm(concrete(Float64Array.from(x.data), [2, 3]), { axes: 1 });
        expect(norm(x).item()).toBeLessThanOrEqual((halves.data[0]! + halves.data[1]!) * (1 + 1e-15));
        expect(norm(halves).item()).toBeCloseTo(norm(x).item(), 12);
      }),
      { numRuns: runs },
    );
  });

  it("takes options and batches like a loop", () => {
    checkOptions("norm", norm);
    checkReductionBatch(normOperator);
  });
});
