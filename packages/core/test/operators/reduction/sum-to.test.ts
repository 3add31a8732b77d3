import {
  broadcastTo,
  FluxionError,
  mul,
  reshape,
  sizeOf,
  sum,
  sumTo,
  tensor,
  type Tensor,
  zeros,
} from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Whole numbers, so that sums are exact in any order. */
function filled(shape: readonly number[], f: (i: number) => number): Tensor {
  return reshape(tensor(Float64Array.from({ length: sizeOf(shape) }, (_, i) => f(i))), shape);
}

describe("sumTo", () => {
  it("sums over new and over stretched axes", () => {
    const x = tensor([[1, 2, 3], [4, 5, 6]]); // prettier-ignore
    expect(sumTo(x, [2, 3])).toBe(x);
    expect(sumTo(x, [3]).toArray()).toEqual([5, 7, 9]);
    expect(sumTo(x, [1, 3]).toArray()).toEqual([[5, 7, 9]]);
    expect(sumTo(x, [2, 1]).toArray()).toEqual([[6], [15]]);
    expect(sumTo(x, []).item()).toBe(21);
    expect(sumTo(zeros([0, 3]), [3]).toArray()).toEqual([0, 0, 0]);
  });

  it("is the transpose of broadcastTo: ⟨broadcastTo(a), b⟩ = ⟨a, sumTo(b)⟩", () => {
    const stretch = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean()), { maxLength: 3 });
    fc.assert(
      fc.property(stretch, fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }), (axes, added) => {
        const from = axes.map(([length, isStretched]) => (isStretched ? 1 : length));
        const to = [...added, ...axes.map(([length]) => length)];
        const a = filled(from, (i) => i + 1);
        const b = filled(to, (i) => i * i - 3);
        expect(sum(mul(broadcastTo(a, to), b)).item()).toBe(sum(mul(a, sumTo(b, from))).item());
      }),
    );
  });

  it("refuses a shape that doesn't stretch", () => {
    expect(() => sumTo(zeros([2, 3]), [2])).toThrow(FluxionError);
    expect(() => sumTo(zeros([3]), [2, 3])).toThrow(/does not stretch/);
  });
});
