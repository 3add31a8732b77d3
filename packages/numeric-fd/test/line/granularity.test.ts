import fc from "fast-check";
import { expect, test } from "vitest";
import { granularity } from "../../src/line/granularity.ts";
import { runs } from "../support/runs.ts";

test("known numbers", () => {
  expect(granularity(0)).toBe(Infinity);
  expect(granularity(12)).toBe(4);
  expect(granularity(-0.375)).toBe(0.125);
  expect(granularity(0.1)).toBe(2 ** -55);
  expect(granularity(2 ** 52 + 1)).toBe(1);
  expect(granularity(5e-324)).toBe(5e-324);
});

test("x is an odd multiple of it", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
      if (x === 0) return;
      const multiple = x / granularity(x);
      expect(Number.isInteger(multiple)).toBe(true);
      expect(Math.abs(multiple % 2)).toBe(1);
    }),
    { numRuns: runs(500) },
  );
});
