import fc from "fast-check";
import { expect, test } from "vitest";
import { petalWidth, seeded, virginica } from "../../src/data/index.ts";
import { fitLinear, fitLogistic } from "../../src/fit/reference-fit.ts";
import { solvePositiveDefinite } from "../../src/fit/solve.ts";
import { standardize } from "../../src/fit/standardize.ts";
import { leastSquaresByHand, logisticByHand } from "../../src/reference/index.ts";

// Printed by R 4: lm(Petal.Width ~ Sepal.Length + Sepal.Width + Petal.Length, iris).
const linear = [-0.24031, -0.20727, 0.22283, 0.52408];
// Printed by R 4: glm(Species == "virginica" ~ ., binomial, iris without setosa), to the digits it shows.
const logistic = [-42.638, -2.465, -6.681, 9.429, 18.286];

test("normal equations give the coefficients that R prints", () => {
  const coefficients = fitLinear(petalWidth());
  linear.forEach((expected, j) => expect(coefficients[j]).toBeCloseTo(expected, 5));
});

test("reweighted least squares gives the coefficients that R prints", () => {
  const coefficients = fitLogistic(virginica());
  logistic.forEach((expected, j) => expect(coefficients[j]).toBeCloseTo(expected, 3));
});

test("the gradient vanishes at both fits", () => {
  const wide = petalWidth();
  const [slope] = leastSquaresByHand(wide.X, fitLinear(wide), wide.y).derivative();
  slope!.forEach((v) => expect(Math.abs(v)).toBeLessThan(1e-9));
  const species = virginica();
  const [score] = logisticByHand(species.X, fitLogistic(species), species.y).derivative();
  score!.forEach((v) => expect(Math.abs(v)).toBeLessThan(1e-12));
});

test("a fit to standardised columns, taken back, is the fit to the original ones", () => {
  const original = petalWidth();
  const { regression, recover } = standardize(original);
  const direct = fitLinear(original);
  recover(fitLinear(regression)).forEach((value, j) => expect(value).toBeCloseTo(direct[j]!, 10));
});

test("solvePositiveDefinite solves", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 99 }), (n, seed) => {
      const random = seeded(seed);
      const [G, x] = [random.normal(n * n), random.normal(n)];
      const A = Float64Array.from({ length: n * n }, (_, index) => {
        const [i, j] = [Math.floor(index / n), index % n];
        let sum = i === j ? 1 : 0;
        for (let k = 0; k < n; k++) sum += G[i * n + k]! * G[j * n + k]!;
        return sum;
      });
      const b = x.map((_, i) => x.reduce((sum, v, j) => sum + A[i * n + j]! * v, 0));
      solvePositiveDefinite(A, b).forEach((v, i) => expect(v).toBeCloseTo(x[i]!, 9));
    }),
  );
});

test("a matrix that is not positive definite is an error that says so", () => {
  expect(() => solvePositiveDefinite(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toThrow(
    /not positive definite/,
  );
});
