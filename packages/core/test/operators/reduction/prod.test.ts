import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prod } from "../../../src/operators/reduction/prod.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { checkAgainst, checkOptions } from "./reference.ts";

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
