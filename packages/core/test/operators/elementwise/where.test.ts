import { describe, expect, it } from "vitest";
import { greater } from "../../../src/operators/elementwise/comparison.ts";
import { sqrt } from "../../../src/operators/elementwise/arithmetic.ts";
import { where, whereOperator } from "../../../src/operators/elementwise/where.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { expectError } from "../linear-algebra/tensors.ts";
import { checkBroadcast, checkBroadcastBatch } from "./operands.ts";

describe("where", () => {
  it("chooses entry by entry: anything but ±0 is true, NaN too", () => {
    checkBroadcast(where, 3, (condition, a, b) => (condition !== 0 ? a : b));
    expect(where(tensor([NaN, -0, 5e-324]), 1, 2).toArray()).toEqual([1, 2, 1]);
  });

  it("doesn't let the other branch in", () => {
    const x = tensor([-4, 9]);
    expect(where(greater(x, 0), sqrt(x), 0).toArray()).toEqual([0, 3]);
  });

  it("batches like a loop, whichever of the three are batched", () => {
    checkBroadcastBatch(whereOperator, 3);
  });

  it("names the shapes that don't broadcast", () => {
    expectError(() => where(zeros([2]), zeros([3]), 1), "SHAPE_MISMATCH", /where: .*\[2\] and \[3\]/);
    expectError(() => where(1, zeros([2]), zeros([3])), "SHAPE_MISMATCH", /where: .*\[2\] and \[3\]/);
    expectError(() => where(true as never, 1, 2), "ARGUMENT", /boolean/);
  });
});
