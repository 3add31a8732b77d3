import type { HandWritten } from "./hand-written.ts";

/** z = (⟨x, w⟩ − y)², example 1 of the notes. */
export function innerProductValue(x: Float64Array, w: Float64Array, y: number): number {
  const residual = innerProduct(x, w) - y;
  return residual * residual;
}

/** ∂z/∂w = 2 (⟨x, w⟩ − y) xᵀ, written into `gradient` [n]; returns z. */
export function innerProductGradient(
  x: Float64Array,
  w: Float64Array,
  y: number,
  gradient: Float64Array,
): number {
  const residual = innerProduct(x, w) - y;
  const factor = 2 * residual;
  for (let i = 0; i < x.length; i++) gradient[i] = factor * x[i]!;
  return residual * residual;
}

/** Example 1 of the notes, for given x [n] and y, differentiated by w [n]. */
export function innerProductByHand(x: Float64Array, w: Float64Array, y: number): HandWritten {
  const value = new Float64Array(1);
  const gradient = new Float64Array(w.length);
  return {
    inputs: [w],
    value() {
      value[0] = innerProductValue(x, w, y);
      return value;
    },
    derivative() {
      innerProductGradient(x, w, y, gradient);
      return [gradient];
    },
  };
}

/** Four partial sums: the processor adds them side by side, and the rounding error shrinks with them. */
function innerProduct(x: Float64Array, w: Float64Array): number {
  const n = x.length;
  const blocked = n - (n % 4);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0; i < blocked; i += 4) {
    s0 += x[i]! * w[i]!;
    s1 += x[i + 1]! * w[i + 1]!;
    s2 += x[i + 2]! * w[i + 2]!;
    s3 += x[i + 3]! * w[i + 3]!;
  }
  for (let i = blocked; i < n; i++) s0 += x[i]! * w[i]!;
  return s0 + s1 + (s2 + s3);
}
