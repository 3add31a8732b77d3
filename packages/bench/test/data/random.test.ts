import { expect, test } from "vitest";
import { seeded } from "../../src/data/index.ts";

test("the same seed gives the same numbers, another seed others", () => {
  expect(seeded(3).normal(5)).toEqual(seeded(3).normal(5));
  expect(seeded(3).normal(5)).not.toEqual(seeded(4).normal(5));
});

test("draws have the mean and the spread that were asked for", () => {
  const random = seeded(1);
  const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const normal = random.normal(20_000, 2);
  expect(mean(normal)).toBeCloseTo(0, 1);
  expect(mean(normal.map((v) => v * v))).toBeCloseTo(4, 0);
  const uniform = random.uniform(20_000, -1, 3);
  expect(mean(uniform)).toBeCloseTo(1, 1);
  expect(uniform.every((v) => v >= -1 && v < 3)).toBe(true);
});
