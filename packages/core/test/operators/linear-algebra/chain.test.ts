import { chain, FluxionError, tensor, zeros } from "@fluxion/core";
import { describe, expect, it } from "vitest";

describe("chain", () => {
  it("is the matrix product for vectors", () => {
    expect(chain(tensor([[1, 2], [3, 4]]), tensor([[5, 6], [7, 8]])).toArray()).toEqual([[19, 22], [43, 50]]); // prettier-ignore
  });

  it("keeps the axes of z outside and those of w inside", () => {
    expect(chain(zeros([2, 3, 4]), zeros([4, 5, 6])).shape).toEqual([2, 3, 5, 6]);
    expect(chain(zeros([7, 3, 4]), zeros([3, 4, 2]), { rank: 2 }).shape).toEqual([7, 2]);
    expect(chain(zeros([7]), zeros([2]), { rank: 0 }).shape).toEqual([7, 2]);
  });

  it("says which axes don't meet", () => {
    const wrong = (): unknown => chain(zeros([3]), zeros([4, 5]));
    expect(wrong).toThrow(FluxionError);
    expect(wrong).toThrow(/\[3\].*\[4,5\]/);
    expect(() => chain(zeros([3]), zeros([3]), { rank: 2 })).toThrow(/rank/);
  });
});
