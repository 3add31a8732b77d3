import { describe, expect, it } from "vitest";
import { max, maxOperator, min, minOperator } from "../../../src/operators/reduction/extremum.ts";
import { zeros } from "../../../src/tensor/create.ts";
import fc from "fast-check";
import { anyNumber } from "../entries.ts";
import { expectError } from "../linear-algebra/tensors.ts";
import { checkAgainst, checkOptions, checkReductionBatch } from "./reference.ts";

const filled = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 });

describe("max, min", () => {
  it("are the largest and the smallest entry, NaN if any is, with +0 above -0", () => {
    checkAgainst(max, anyNumber, (entries) => Math.max(...entries), filled);
    checkAgainst(min, anyNumber, (entries) => Math.min(...entries), filled);
  });

  it("take options and batch like a loop", () => {
    checkOptions("max", max);
    checkOptions("min", min);
    checkReductionBatch(maxOperator);
    checkReductionBatch(minOperator);
  });

  it("are undefined of nothing, but nothing of no runs is nothing", () => {
    expectError(
      () => max(zeros([2, 0]), { axes: 1 }),
      "DOMAIN",
      /max: .*\[2,0\].*axes \[1\].*no max of nothing/,
    );
    expectError(() => min(zeros([0])), "DOMAIN", /min: .*\[0\]/);
    expectError(() => maxOperator.shape([[2, 0]], { axes: [1], keepDims: true }), "DOMAIN", /\[2,0\]/);
    expect(max(zeros([2, 0]), { axes: 0 }).shape).toEqual([0]);
    expect(min(zeros([0, 0]), { axes: 1 }).shape).toEqual([0]);
  });
});
