/** The inverse of sinh. */
export function asinh(x: number): number {
  return Math.asinh(x);
}

/** The inverse of cosh, ≥ 0; NaN below 1. */
export function acosh(x: number): number {
  return Math.acosh(x);
}

/** The inverse of tanh; ±∞ at ±1, NaN beyond. */
export function atanh(x: number): number {
  return Math.atanh(x);
}
