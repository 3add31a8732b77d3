import { expect, test } from "vitest";
import { petalWidth, seeded, virginica } from "../../src/data/index.ts";
import { lbfgs } from "../../src/fit/lbfgs.ts";
import { newton } from "../../src/fit/newton.ts";
import { fitLinear, fitLogistic } from "../../src/fit/reference-fit.ts";
import { standardize } from "../../src/fit/standardize.ts";
import { leastSquaresByHand, logisticByHand, rosenbrockByHand } from "../../src/reference/index.ts";
import type { HandWritten } from "../../src/reference/index.ts";

const firstOrder = (byHand: (point: Float64Array) => HandWritten) => (point: Float64Array) => {
  const hand = byHand(point);
  return { value: hand.value()[0]!, gradient: hand.derivative()[0]! };
};

test("L-BFGS walks the Rosenbrock valley to (1, …, 1)", () => {
  const minimum = lbfgs(firstOrder(rosenbrockByHand), seeded(5).normal(6), { tolerance: 1e-9 });
  expect(minimum.slope).toBeLessThan(1e-9);
  minimum.point.forEach((v) => expect(v).toBeCloseTo(1, 7));
});

test("L-BFGS fits both regressions as their references do", () => {
  const wide = standardize(petalWidth());
  const linear = lbfgs(
    firstOrder((w) => leastSquaresByHand(wide.regression.X, w, wide.regression.y)),
    new Float64Array(4),
  );
  const direct = fitLinear(petalWidth());
  wide.recover(linear.point).forEach((v, j) => expect(v).toBeCloseTo(direct[j]!, 8));

  const species = standardize(virginica());
  const logistic = lbfgs(
    firstOrder((w) => logisticByHand(species.regression.X, w, species.regression.y)),
    new Float64Array(5),
  );
  const reweighted = fitLogistic(virginica());
  species.recover(logistic.point).forEach((v, j) => expect(v / reweighted[j]!).toBeCloseTo(1, 6));
});

test("Newton solves a quadratic in one step", () => {
  const objective = ([x, y]: Float64Array) => ({
    value: 2 * x! * x! + x! * y! + y! * y! - 3 * x!,
    gradient: Float64Array.of(4 * x! + y! - 3, x! + 2 * y!),
    hessian: Float64Array.of(4, 1, 1, 2),
  });
  const minimum = newton(objective, Float64Array.of(10, -7));
  expect(minimum.iterations).toBe(1);
  expect(minimum.point[0]).toBeCloseTo(6 / 7, 14);
  expect(minimum.point[1]).toBeCloseTo(-3 / 7, 14);
});

test("a minimiser stops at its limit of iterations", () => {
  const minimum = lbfgs(firstOrder(rosenbrockByHand), seeded(5).normal(6), { maximumIterations: 3 });
  expect(minimum.iterations).toBe(3);
});
