import { productError } from "./double-double.ts";
import { extendedLogarithm, logarithmLow } from "./extended-logarithm.ts";

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

/** Logarithm to base 10, exact at powers of 10; the engine's is off by up to 1.8 ulp. */
export function log10(x: number): number {
  if (!(x > 0 && x < Infinity)) return Math.log(x);
  const LOW = 1.098319650216765e-17; // 1/ln 10 - LOG10E
  const logarithm = extendedLogarithm(x);
  const high = logarithm * Math.LOG10E;
  return (
    high + (productError(logarithm, Math.LOG10E, high) + (logarithm * LOW + logarithmLow[0]! * Math.LOG10E))
  );
}
