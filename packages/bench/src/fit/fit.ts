import { div, fromData, matmul, mul, softplus, square, sub, sum } from "@fluxion/core";
import type { Strategy, Tensor } from "@fluxion/core";
import { petalWidth, virginica } from "../data/index.ts";
import type { Regression } from "../data/index.ts";
import { cpuMilliseconds } from "../measure/clock.ts";
import { lbfgs } from "./lbfgs.ts";
import { largest } from "./minimum.ts";
import type { Minimum } from "./minimum.ts";
import { newton } from "./newton.ts";
import { fitLinear, fitLogistic } from "./reference-fit.ts";
import { standardize } from "./standardize.ts";

/** A regression fitted with one strategy's derivatives. */
export interface StrategyFit {
  readonly strategy: string;
  readonly method: "L-BFGS" | "Newton";
  readonly coefficients: readonly number[];
  readonly loss: number;
  readonly iterations: number;
  readonly evaluations: number;
  readonly milliseconds: number;
  /** Largest difference from the reference's coefficients, relative to the largest of them. */
  readonly error: number;
}

/** One regression, fitted independently of any strategy and with every strategy's derivatives. */
export interface FitResult {
  readonly title: string;
  readonly source: string;
  readonly rows: number;
  readonly features: readonly string[];
  readonly reference: { readonly method: string; readonly coefficients: readonly number[] };
  readonly fits: readonly StrategyFit[];
  /** How close a fit has to come to the reference. */
  readonly tolerance: number;
}

/** A loss written with core's operators, and the same fit without derivatives from any strategy. */
interface Model {
  readonly title: string;
  readonly regression: Regression;
  readonly loss: (z: Tensor, y: Tensor) => Tensor;
  readonly reference: { readonly method: string; readonly fit: (regression: Regression) => Float64Array };
}

const models: readonly Model[] = [
  {
    title: "linear regression: petal width of irises",
    regression: petalWidth(),
    loss: (z, y) => sum(square(sub(z, y))),
    reference: { method: "normal equations, Cholesky", fit: fitLinear },
  },
  {
    title: "logistic regression: virginica or versicolor",
    regression: virginica(),
    loss: (z, y) => sum(sub(softplus(z), mul(y, z))),
    reference: { method: "iteratively reweighted least squares to 1e-12", fit: fitLogistic },
  },
];

/** Coefficients differ by what the minimiser leaves of the slope, times the conditioning of the problem. */
const tolerance = 1e-6;

/**
 * Fits both regressions to Fisher's irises with the derivatives of every strategy, by L-BFGS and by Newton's method.
 *
 * @example
 * import { fitWith } from "@fluxion/bench";
 * import { reverseTape } from "@fluxion/reverse-tape";
 * const [linear] = fitWith([reverseTape]);
 * linear!.fits.every(({ error }) => error < linear!.tolerance); // => true
 */
export function fitWith(strategies: readonly Strategy[]): FitResult[] {
  return models.map(({ title, regression, loss, reference }) => {
    const expected = reference.fit(regression);
    const standardized = standardize(regression);
    const { rows, columns, source, features } = regression;
    const X = fromData(standardized.regression.X, [rows, columns]);
    const y = fromData(regression.y, [rows]);
    const objective = (w: Tensor): Tensor => div(loss(matmul(X, w), y), rows);
    const start = new Float64Array(columns);
    const report = (
      strategy: string,
      method: StrategyFit["method"],
      minimize: () => Minimum,
    ): StrategyFit => {
      const began = cpuMilliseconds();
      const { point, value, iterations, evaluations } = minimize();
      const milliseconds = cpuMilliseconds() - began;
      const coefficients = standardized.recover(point);
      const error = largest(coefficients.map((found, j) => found - expected[j]!)) / largest(expected);
      return {
        strategy,
        method,
        coefficients: [...coefficients],
        loss: value,
        iterations,
        evaluations,
        milliseconds,
        error,
      };
    };
    const fits = strategies.flatMap((strategy) => [
      report(strategy.name, "L-BFGS", () => lbfgs(firstOrder(strategy, objective), start)),
      report(strategy.name, "Newton", () => newton(secondOrder(strategy, objective), start)),
    ]);
    return {
      title,
      source,
      rows,
      features,
      reference: { method: reference.method, coefficients: [...expected] },
      fits,
      tolerance,
    };
  });
}

function firstOrder(strategy: Strategy, objective: (w: Tensor) => Tensor) {
  const valueAndGradient = strategy.valueAndGradient(objective);
  return (point: Float64Array) => {
    const { value, gradient } = valueAndGradient(point);
    return { value: value.item(), gradient: Float64Array.from(gradient.data) };
  };
}

function secondOrder(strategy: Strategy, objective: (w: Tensor) => Tensor) {
  const everything = strategy.valueGradientAndHessian(objective);
  return (point: Float64Array) => {
    const { value, gradient, hessian } = everything(point);
    return {
      value: value.item(),
      gradient: Float64Array.from(gradient.data),
      hessian: Float64Array.from(hessian.data),
    };
  };
}
