import { productError } from "./double-double.ts";
import { extendedExponential } from "./extended-exponential.ts";
import { extendedLogarithm, logarithmLow } from "./extended-logarithm.ts";

/**
 * x to the power y, by the rules of IEEE 754: pow(x, 0) = 1 and pow(1, y) = 1 even beside NaN, and pow(-1, ±∞) = 1,
 * where JavaScript's `**` gives NaN; a negative x to a power that is no integer is NaN. Exact when the result is a
 * float64, within 0.8 ulp otherwise (1.5 for cubes): the engine's own loses hundreds of ulp at large exponents.
 */
export function pow(x: number, y: number): number {
  if (y === 2) return x * x;
  if (y === 1) return x;
  if (y === 3) return x * x * x;
  if (y === 0 || x === 1) return 1;
  if (y === -1) return 1 / x;
  if (x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return x === -1 && y === y ? 1 : Math.pow(x, y);
  if (x > 0) return positivePower(x, y);
  if (Math.floor(y) !== y) return NaN;
  return y % 2 === 0 ? positivePower(-x, y) : -positivePower(-x, y);
}

/** e^(y log x) with y log x in double-double, for finite x > 0 and y. */
function positivePower(x: number, y: number): number {
  if (y === 0.5) return Math.sqrt(x);
  const logarithm = extendedLogarithm(x);
  const high = y * logarithm;
  if (!(Math.abs(high) < 800)) return high > 0 ? Infinity : 0;
  return extendedExponential(high, productError(y, logarithm, high) + y * logarithmLow[0]!);
}
