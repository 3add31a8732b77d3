import { extendedExponential } from "./extended-exponential.ts";

/** The logistic function 1/(1 + e⁻ˣ). */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + extendedExponential(-x, 0));
  const e = extendedExponential(x, 0);
  const s = 1 + e;
  const q = e / s;
  // Put back what 1 + e lost in rounding; 1/s = 1 - q.
  return q - q * (1 - s + e) * (1 - q);
}

/** log(1 + eˣ). */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(extendedExponential(-x, 0)) : Math.log1p(extendedExponential(x, 0));
}
