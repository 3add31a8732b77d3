import { scalar } from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { reverseTape } from "@fluxion/reverse-tape";
import { expect, test } from "vitest";
import { measureOverhead } from "../../src/measure/index.ts";
import { chain, forwardArithmetic, reverseArithmetic } from "../../src/measure/overhead.ts";

test("overhead is the derivative's time without that of its arithmetic", () => {
  const measured = measureOverhead([forwardDual, reverseTape], { rounds: 2, millisecondsPerRound: 1 });
  expect(measured.map(({ contender }) => contender)).toEqual(["forward-dual", "reverse-tape"]);
  for (const { total, arithmetic, overhead } of measured) {
    expect(total).toBeGreaterThan(0);
    expect(arithmetic).toBeGreaterThan(0);
    expect(overhead).toBe(total - arithmetic);
  }
});

test("the arithmetic without a strategy is the whole derivative", () => {
  const [x, one] = [scalar(0.5), scalar(1)];
  const expected = reverseTape.derivative(chain)(x).item();
  expect(forwardArithmetic(x, one).item() / expected).toBeCloseTo(1, 13);
  expect(reverseArithmetic(x, one).item() / expected).toBeCloseTo(1, 13);
});
