/** Natural logarithm; -∞ at 0, NaN below. */
export function log(x: number): number {
  return Math.log(x);
}

/** log(1 + x), accurate near 0; -∞ at -1, NaN below. */
export function log1p(x: number): number {
  return Math.log1p(x);
}

/** Logarithm to base 2, exact at powers of 2. */
export function log2(x: number): number {
  return Math.log2(x);
}

/** Logarithm to base 10, exact at powers of 10. */
export function log10(x: number): number {
  return Math.log10(x);
}
