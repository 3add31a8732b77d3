import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sum, sumOperator } from "../../../src/operators/reduction/sum.ts";
import { arange, tensor, zeros } from "../../../src/tensor/create.ts";
import { concrete, type Tensor } from "../../../src/tensor/tensor.ts";
import { permute } from "../../../src/operators/shape/permute.ts";
import { anyNumber, exactNumber } from "../entries.ts";
import { runs } from "../linear-algebra/tensors.ts";
import { checkAgainst, checkOptions, checkReductionBatch } from "./reference.ts";

describe("sum", () => {
  it("adds the entries over every choice of axes", () => {
    checkAgainst(sum, exactNumber, (entries) =>
      entries.length === 0 ? 0 : entries.reduce((total, x) => total + x),
    );
  });

  it("adds long and wide tensors over each axis", () => {
    // Whole numbers, whose sums are exact: every path (contiguous, columns, rows, moved axes) must give the same.
    const x = concrete(
      Float64Array.from({ length: 300 * 5 * 20 }, (_, i) => (i * 7919) % 1009),
      [300, 5, 20],
    );
    const naive = (over: readonly number[]): readonly number[] => {
      const kept = [0, 1, 2].filter((axis) => !over.includes(axis));
      const moved = permute(x, [...kept, ...over]);
      const length = over.reduce((product, axis) => product * x.shape[axis]!, 1);
      return Array.from({ length: x.size / length }, (_, i) =>
        moved.data.slice(i * length, (i + 1) * length).reduce((total, entry) => total + entry, 0),
      );
    };
    for (const axes of [[], [0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]])
      expect(Array.from(sum(x, { axes }).data)).toEqual(naive(axes));
  });

  it("has an error that doesn't grow with the number of entries", () => {
    const n = 200_000;
    const tenth = concrete(new Float64Array(2 * n).fill(0.1), [n, 2]);
    const close = (found: Tensor, wanted: number, bound: number): void =>
      found.data.forEach((x) => expect(Math.abs(x - wanted) / wanted).toBeLessThan(bound));
    close(sum(tenth), 2 * n * 0.1, 4e-16);
    close(sum(tenth, { axes: 0 }), n * 0.1, 4e-16);
    const wide = concrete(new Float64Array(20_000 * 16).fill(0.1), [20_000, 16]);
    close(sum(wide, { axes: 0 }), 20_000 * 0.1, 2e-15);
  });

  it("is 0 of nothing, and passes ±0, ±∞ and NaN on", () => {
    expect(sum(zeros([0])).item()).toBe(0);
    expect(sum(zeros([3, 0]), { axes: 1 }).toArray()).toEqual([0, 0, 0]);
    expect(sum(zeros([0, 20]), { axes: 0 }).toArray()).toEqual(new Array(20).fill(0));
    expect(sum(zeros([3, 0]), { axes: 0 }).shape).toEqual([0]);
    expect(sum(tensor([-0, -0])).item()).toBe(-0);
    expect(sum(tensor([-0, 0])).item()).toBe(0);
    expect(sum(tensor([Infinity, 1])).item()).toBe(Infinity);
    expect(sum(tensor([Infinity, -Infinity])).item()).toBe(NaN);
    expect(sum(tensor([5e-324, 5e-324])).item()).toBe(1e-323);
    expect(sum(-0).item()).toBe(-0);
    fc.assert(
      fc.property(anyNumber, fc.nat(200), (x, where) => {
        const data = new Float64Array(201);
        data[where] = x;
        expect(sum(concrete(data, [201])).item()).toBe(x + 0);
      }),
      { numRuns: runs },
    );
  });

  it("takes options, batches like a loop, and gives x back over no axes", () => {
    checkOptions("sum", sum);
    checkReductionBatch(sumOperator);
    expect(sum(arange(3), { axes: [] }).toArray()).toEqual([0, 1, 2]);
  });
});
