import type { HandWritten } from "./hand-written.ts";
import { multiplyTransposedB } from "./matmul.ts";

/** y = tanh(Ax) for row-major A [m, n], written into `y` [m]. */
export function tanhLayerValue(A: Float64Array, x: Float64Array, y: Float64Array): void {
  multiplyTransposedB(x, A, y, 1, x.length, y.length);
  for (let i = 0; i < y.length; i++) y[i] = Math.tanh(y[i]!);
}

/** ∂y/∂x = diag(1 − y²) A, written into `jacobian` [m, n]; `y` [m] is left holding the value. */
export function tanhLayerJacobian(
  A: Float64Array,
  x: Float64Array,
  y: Float64Array,
  jacobian: Float64Array,
): void {
  const n = x.length;
  tanhLayerValue(A, x, y);
  for (let i = 0; i < y.length; i++) {
    const slope = 1 - y[i]! * y[i]!;
    const row = i * n;
    for (let j = 0; j < n; j++) jacobian[row + j] = slope * A[row + j]!;
  }
}

/** tanh(Ax) and its Jacobian for given A [m, n], differentiated by x [n]. */
export function tanhLayerByHand(A: Float64Array, x: Float64Array): HandWritten {
  const m = A.length / x.length;
  const y = new Float64Array(m);
  const jacobian = new Float64Array(A.length);
  return {
    inputs: [x],
    value() {
      tanhLayerValue(A, x, y);
      return y;
    },
    derivative() {
      tanhLayerJacobian(A, x, y, jacobian);
      return [jacobian];
    },
  };
}
