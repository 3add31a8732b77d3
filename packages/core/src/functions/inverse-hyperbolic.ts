import { productError } from "./double-double.ts";
import { polynomial } from "./polynomial.ts";

/** (acosh(1 + t)/√(2t) - 1)/t in powers of t, for 0 < t < 1/2 (Remez). */
const ACOSH_NUMERATOR = [
  -0.08333333333332617, -0.059565181262203025, -0.011574875940728228, -0.0005177869091017289,
];
const ACOSH_DENOMINATOR = [
  1, 0.9397821751402947, 0.28338521513122844, 0.029829730767914567, 0.0007597607355643667,
];

/** The inverse of sinh. */
export function asinh(x: number): number {
  return Math.asinh(x);
}

/** The inverse of cosh, ≥ 0; NaN below 1. The engine's is off by up to 1.9 ulp near 1. */
export function acosh(x: number): number {
  const t = x - 1;
  if (!(t > 0 && t < 0.5)) return Math.acosh(x);
  const s = Math.sqrt(2 * t);
  // What the square root lost in rounding.
  const square = s * s;
  const lost = (2 * t - square - productError(s, s, square)) / (2 * s);
  return s + (lost + (s * t * polynomial(ACOSH_NUMERATOR, t)) / polynomial(ACOSH_DENOMINATOR, t));
}

/** The inverse of tanh; ±∞ at ±1, NaN beyond. */
export function atanh(x: number): number {
  return Math.atanh(x);
}
