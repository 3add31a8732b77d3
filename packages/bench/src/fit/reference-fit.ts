import type { Regression } from "../data/index.ts";
import { largest } from "./minimum.ts";
import { solvePositiveDefinite } from "./solve.ts";

/** Least squares by the normal equations XᵀX β = Xᵀy: the coefficients [columns]. */
export function fitLinear({ X, y, rows, columns }: Regression): Float64Array {
  return solvePositiveDefinite(
    weightedSquares(X, rows, columns, new Float64Array(rows).fill(1)),
    products(X, y),
  );
}

/**
 * Maximum likelihood of logistic regression by iteratively reweighted least squares, until no coefficient moves by more
 * than 1e-12 of the largest: the coefficients [columns].
 *
 * Source: P. McCullagh and J. A. Nelder, Generalized Linear Models, 2nd edition 1989, §4.4.
 */
export function fitLogistic({ X, y, rows, columns }: Regression): Float64Array {
  const coefficients = new Float64Array(columns);
  for (let iteration = 0; iteration < 100; iteration++) {
    const means = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      let z = 0;
      for (let j = 0; j < columns; j++) z += X[i * columns + j]! * coefficients[j]!;
      means[i] = 1 / (1 + Math.exp(-z));
    }
    const curvature = weightedSquares(
      X,
      rows,
      columns,
      means.map((mean) => mean * (1 - mean)),
    );
    const step = solvePositiveDefinite(
      curvature,
      products(
        X,
        y.map((label, i) => label - means[i]!),
      ),
    );
    for (let j = 0; j < columns; j++) coefficients[j]! += step[j]!;
    if (largest(step) <= 1e-12 * largest(coefficients)) break;
  }
  return coefficients;
}

/** Xᵀ diag(weights) X, [columns, columns]. */
function weightedSquares(
  X: Float64Array,
  rows: number,
  columns: number,
  weights: Float64Array,
): Float64Array {
  const result = new Float64Array(columns * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const factor = weights[i]! * X[i * columns + j]!;
      for (let k = 0; k < columns; k++) result[j * columns + k]! += factor * X[i * columns + k]!;
    }
  }
  return result;
}

/** Xᵀv. */
function products(X: Float64Array, v: Float64Array): Float64Array {
  const columns = X.length / v.length;
  const result = new Float64Array(columns);
  for (let i = 0; i < v.length; i++) {
    for (let j = 0; j < columns; j++) result[j]! += X[i * columns + j]! * v[i]!;
  }
  return result;
}
