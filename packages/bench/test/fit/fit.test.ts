import { mul } from "@fluxion/core";
import type { Strategy, Tensor } from "@fluxion/core";
import { reverseTape } from "@fluxion/reverse-tape";
import { describe, expect, test } from "vitest";
import { allStrategies } from "../../src/agreement/strategies.ts";
import { fitWith } from "../../src/fit/index.ts";

describe("regressions on Fisher's irises", () => {
  const results = fitWith(allStrategies);

  test("every strategy's derivatives lead both methods to the fit by hand", () => {
    expect(results.map(({ rows }) => rows)).toEqual([150, 100]);
    for (const { fits, tolerance, features } of results) {
      expect(fits.map(({ strategy, method }) => `${strategy} ${method}`)).toEqual(
        allStrategies.flatMap(({ name }) => [`${name} L-BFGS`, `${name} Newton`]),
      );
      for (const { error, coefficients } of fits) {
        expect(error).toBeLessThan(tolerance);
        expect(coefficients).toHaveLength(features.length);
      }
    }
  });

  test("Newton's method solves the linear one in a single step", () => {
    const newton = results[0]!.fits.filter(({ method }) => method === "Newton");
    expect(newton.map(({ iterations }) => iterations)).toEqual(allStrategies.map(() => 1));
  });
});

test("a wrong derivative misses the fit", () => {
  // The wrong sign in every coordinate but the first.
  const lopsided = {
    ...reverseTape,
    name: "lopsided",
    valueAndGradient: (f: (w: Tensor) => Tensor) => (w: Tensor) => {
      const { value, gradient } = reverseTape.valueAndGradient(f)(w);
      const { data } = gradient;
      return {
        value,
        gradient: mul(
          gradient,
          Float64Array.from(data, (_, i) => (i === 0 ? 1 : -1)),
        ),
      };
    },
  } as unknown as Strategy;
  const [linear] = fitWith([lopsided]);
  expect(linear!.fits[0]!.error).toBeGreaterThan(linear!.tolerance);
});
