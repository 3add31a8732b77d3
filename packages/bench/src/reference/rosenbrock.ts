import type { HandWritten } from "./hand-written.ts";

/** Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)², the chained Rosenbrock function, n ≥ 2. */
export function rosenbrockValue(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const valley = x[i + 1]! - x[i]! * x[i]!;
    const distance = 1 - x[i]!;
    sum += 100 * valley * valley + distance * distance;
  }
  return sum;
}

/** Its gradient, written into `gradient` [n]; returns the value. */
export function rosenbrockGradient(x: Float64Array, gradient: Float64Array): number {
  let sum = 0;
  let carried = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const xi = x[i]!;
    const valley = x[i + 1]! - xi * xi;
    const distance = 1 - xi;
    sum += 100 * valley * valley + distance * distance;
    gradient[i] = carried - 400 * valley * xi - 2 * distance;
    carried = 200 * valley;
  }
  gradient[x.length - 1] = carried;
  return sum;
}

/** Its Hessian, tridiagonal but written dense into `hessian` [n, n] (whose other entries must be 0). */
export function rosenbrockHessian(x: Float64Array, hessian: Float64Array): void {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    const first = i === 0 ? 0 : 200;
    const last = i === n - 1 ? 0 : 1200 * x[i]! * x[i]! - 400 * x[i + 1]! + 2;
    hessian[i * n + i] = first + last;
    if (i === n - 1) continue;
    const coupling = -400 * x[i]!;
    hessian[i * n + i + 1] = coupling;
    hessian[(i + 1) * n + i] = coupling;
  }
}

/** The Rosenbrock function and its gradient at x [n]. */
export function rosenbrockByHand(x: Float64Array): HandWritten {
  const value = new Float64Array(1);
  const gradient = new Float64Array(x.length);
  return {
    inputs: [x],
    value() {
      value[0] = rosenbrockValue(x);
      return value;
    },
    derivative() {
      rosenbrockGradient(x, gradient);
      return [gradient];
    },
  };
}

/** The Rosenbrock function and its Hessian at x [n]. */
export function rosenbrockCurvatureByHand(x: Float64Array): HandWritten {
  const hessian = new Float64Array(x.length * x.length);
  return {
    inputs: [x],
    value: rosenbrockByHand(x).value,
    derivative() {
      rosenbrockHessian(x, hessian);
      return [hessian];
    },
  };
}
