import { describe, expect, it } from "vitest";
import { mean } from "../../../src/operators/reduction/mean.ts";
import { zeros } from "../../../src/tensor/create.ts";
import { exactNumber } from "../entries.ts";
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
