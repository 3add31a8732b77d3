import { describe, expect, it } from "vitest";
import { moveAxis } from "../../../src/operators/shape/move-axis.ts";
import { zeros } from "../../../src/tensor/create.ts";

describe("moveAxis", () => {
  it("moves one axis and keeps the order of the others", () => {
    expect(moveAxis(zeros([2, 3, 4]), 0, 2).shape).toEqual([3, 4, 2]);
    expect(moveAxis(zeros([2, 3, 4]), 2, 0).shape).toEqual([4, 2, 3]);
    expect(moveAxis(zeros([2, 3, 4]), 1, 1).shape).toEqual([2, 3, 4]);
  });
});
