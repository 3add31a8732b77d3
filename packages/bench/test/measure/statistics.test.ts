import fc from "fast-check";
import { expect, test } from "vitest";
import { crossing, fitPowerLaw, median, relativeSpread } from "../../src/measure/statistics.ts";

test("the median of an odd and of an even number of values", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test("the spread is relative to the median", () => {
  expect(relativeSpread([1, 2, 3])).toBe(1);
  expect(relativeSpread([5])).toBe(0);
});

test("a power law is found again from its own points", () => {
  const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(positive, fc.double({ min: -3, max: 4, noNaN: true }), (factor, exponent) => {
      const points = [1, 10, 50, 400].map((size) => ({ size, time: factor * size ** exponent }));
      const law = fitPowerLaw(points)!;
      expect(law.exponent).toBeCloseTo(exponent, 9);
      expect(law.factor / factor).toBeCloseTo(1, 9);
    }),
  );
});

test("one point has no exponent", () => {
  expect(fitPowerLaw([{ size: 10, time: 1 }])).toBeNull();
  expect(fitPowerLaw([])).toBeNull();
});

test("n and n² / 10 cross at 10, wherever they were sampled", () => {
  const sizes = [2, 5, 30, 100];
  const linear = sizes;
  const quadratic = sizes.map((n) => n ** 2 / 10);
  expect(crossing(sizes, linear, quadratic)).toBeCloseTo(10, 9);
  expect(crossing(sizes, quadratic, linear)).toBeCloseTo(10, 9);
  expect(
    crossing(
      sizes,
      linear,
      linear.map((time) => 2 * time),
    ),
  ).toBeNull();
});
