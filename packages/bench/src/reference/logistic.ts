import type { HandWritten } from "./hand-written.ts";
import { addRows } from "./least-squares.ts";
import { multiplyTransposedB } from "./matmul.ts";

/**
 * Mean negative log-likelihood of logistic regression, (1/m) Σ softplus(zᵢ) − yᵢ zᵢ with z = Xw.
 *
 * X is row-major [m, n], y [m] holds 0 or 1; `logits` [m] is left holding Xw.
 */
export function logisticValue(
  X: Float64Array,
  w: Float64Array,
  y: Float64Array,
  logits: Float64Array,
): number {
  const m = y.length;
  multiplyTransposedB(w, X, logits, 1, w.length, m);
  let sum = 0;
  for (let i = 0; i < m; i++) {
    const z = logits[i]!;
    sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y[i]! * z;
  }
  return sum / m;
}

/** (1/m) (σ(Xw) − y)ᵀ X, written into `gradient` [n]; one exponential per example serves value and gradient. */
export function logisticGradient(
  X: Float64Array,
  w: Float64Array,
  y: Float64Array,
  logits: Float64Array,
  gradient: Float64Array,
): number {
  const m = y.length;
  multiplyTransposedB(w, X, logits, 1, w.length, m);
  let sum = 0;
  for (let i = 0; i < m; i++) {
    const z = logits[i]!;
    const decay = Math.exp(-Math.abs(z));
    sum += Math.max(z, 0) + Math.log1p(decay) - y[i]! * z;
    logits[i] = (z >= 0 ? 1 : decay) / (1 + decay) - y[i]!;
  }
  addRows(X, logits, 1 / m, gradient);
  return sum / m;
}

/** Hessian times v without the Hessian: (1/m) Xᵀ (σ(1 − σ) ∘ Xv), written into `product` [n]. */
export function logisticHessianVectorProduct(
  X: Float64Array,
  w: Float64Array,
  v: Float64Array,
  logits: Float64Array,
  directions: Float64Array,
  product: Float64Array,
): void {
  const m = logits.length;
  multiplyTransposedB(w, X, logits, 1, w.length, m);
  multiplyTransposedB(v, X, directions, 1, w.length, m);
  for (let i = 0; i < m; i++) {
    const decay = Math.exp(-Math.abs(logits[i]!));
    directions[i]! *= decay / ((1 + decay) * (1 + decay));
  }
  addRows(X, directions, 1 / m, product);
}

/** Logistic regression for given X [m, n] and y [m], differentiated by w [n]. */
export function logisticByHand(X: Float64Array, w: Float64Array, y: Float64Array): HandWritten {
  const logits = new Float64Array(y.length);
  const gradient = new Float64Array(w.length);
  const value = new Float64Array(1);
  return {
    inputs: [w],
    value() {
      value[0] = logisticValue(X, w, y, logits);
      return value;
    },
    derivative() {
      logisticGradient(X, w, y, logits, gradient);
      return [gradient];
    },
  };
}

/** The Hessian of logistic regression at w [n], times v [n]. */
export function logisticCurvatureByHand(
  X: Float64Array,
  w: Float64Array,
  y: Float64Array,
  v: Float64Array,
): HandWritten {
  const logits = new Float64Array(y.length);
  const directions = new Float64Array(y.length);
  const product = new Float64Array(w.length);
  return {
    inputs: [w],
    value: logisticByHand(X, w, y).value,
    derivative() {
      logisticHessianVectorProduct(X, w, v, logits, directions, product);
      return [product];
    },
  };
}
