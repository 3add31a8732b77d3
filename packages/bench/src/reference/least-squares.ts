import type { HandWritten } from "./hand-written.ts";
import { multiplyTransposedB } from "./matmul.ts";

/** z = ‖Xw − y‖² for row-major X [m, n], example 2 of the notes; `residuals` [m] is left holding Xw − y. */
export function leastSquaresValue(
  X: Float64Array,
  w: Float64Array,
  y: Float64Array,
  residuals: Float64Array,
): number {
  // Xw as wᵀXᵀ: four rows of X share each load of w.
  multiplyTransposedB(w, X, residuals, 1, w.length, y.length);
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    const residual = residuals[i]! - y[i]!;
    residuals[i] = residual;
    sum += residual * residual;
  }
  return sum;
}

/** ∂z/∂w = 2 (Xw − y)ᵀ X, written into `gradient` [n]; returns z. */
export function leastSquaresGradient(
  X: Float64Array,
  w: Float64Array,
  y: Float64Array,
  residuals: Float64Array,
  gradient: Float64Array,
): number {
  const value = leastSquaresValue(X, w, y, residuals);
  addRows(X, residuals, 2, gradient);
  return value;
}

/** gradient = scale · weightsᵀ X: rows of X [m, n] weighted and added, four at a time. */
export function addRows(X: Float64Array, weights: Float64Array, scale: number, gradient: Float64Array): void {
  const m = weights.length;
  const n = gradient.length;
  const blocked = m - (m % 4);
  gradient.fill(0);
  for (let i = 0; i < blocked; i += 4) {
    const r0 = scale * weights[i]!;
    const r1 = scale * weights[i + 1]!;
    const r2 = scale * weights[i + 2]!;
    const r3 = scale * weights[i + 3]!;
    const x0 = i * n;
    const x1 = x0 + n;
    const x2 = x1 + n;
    const x3 = x2 + n;
    for (let j = 0; j < n; j++) {
      gradient[j]! += r0 * X[x0 + j]! + r1 * X[x1 + j]! + r2 * X[x2 + j]! + r3 * X[x3 + j]!;
    }
  }
  for (let i = blocked; i < m; i++) {
    const r = scale * weights[i]!;
    for (let j = 0; j < n; j++) gradient[j]! += r * X[i * n + j]!;
  }
}

/** Example 2 of the notes, for given X [m, n] and y [m], differentiated by w [n]. */
export function leastSquaresByHand(X: Float64Array, w: Float64Array, y: Float64Array): HandWritten {
  const residuals = new Float64Array(y.length);
  const gradient = new Float64Array(w.length);
  const value = new Float64Array(1);
  return {
    inputs: [w],
    value() {
      value[0] = leastSquaresValue(X, w, y, residuals);
      return value;
    },
    derivative() {
      leastSquaresGradient(X, w, y, residuals, gradient);
      return [gradient];
    },
  };
}
