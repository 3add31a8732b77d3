import { add, greater, mul, primal, sub, sum, tensor, type Tensor, where } from "@fluxion/core";
import { describe, expect, test } from "vitest";
import { roundingSpread } from "../../src/agreement/rounding.ts";
import { type Subject, subjectOfFunction } from "../../src/agreement/subject.ts";

function spread(f: (x: Tensor) => Tensor, x: Tensor | number): number {
  const subject = subjectOfFunction(f, [x], 1);
  return roundingSpread(
    (disturbed: Subject) => disturbed.f(disturbed.inputs),
    subject,
    subject.values,
    8,
  )[0]![0]!;
}

describe("the spread of random rounding", () => {
  test("is a few ulp for a well-conditioned function", () => {
    const width = spread((x) => mul(x, add(x, 1)), 1.7);
    expect(width).toBeGreaterThan(0);
    expect(width / 4.59).toBeLessThan(8 * 2 ** -52);
  });

  test("grows by the condition number where numbers cancel", () => {
    const width = spread((x) => sub(mul(x, 1e6), mul(sub(x, 1e-3), 1e6)), 1.1);
    expect(width).toBeGreaterThan(1e-11);
    expect(width).toBeLessThan(1e-8);
  });

  test("covers the true error of a naive formula", () => {
    const naiveVariance = (x: Tensor): Tensor => sub(sum(mul(x, x)), mul(sum(x), mul(sum(x), 1 / 3)));
    const at = tensor([1000.1, 1000.2, 1000.3]);
    const width = spread(naiveVariance, at);
    const error = Math.abs(naiveVariance(at).item() - 0.02);
    expect(error).toBeGreaterThan(1e-12);
    expect(10 * width).toBeGreaterThan(error);
  });

  test("is zero for what moves or chooses numbers", () => {
    expect(spread((x) => where(greater(x, 1), x, 0), 1.7)).toBe(0);
  });

  test("lets control flow read numbers", () => {
    expect(spread((x) => (primal(x).item() > 1 ? mul(x, x) : x), 2)).toBeGreaterThan(0);
  });
});
