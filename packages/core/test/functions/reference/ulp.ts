import { abs, approximate, type Big, big, compare, magnitude, scale, sub } from "./big.ts";

/** 2¹⁰²⁴ - 2⁹⁷⁰: from here on the nearest float64 is infinite. */
const OVERFLOW: Big = { mantissa: 2n ** 54n - 1n, exponent: 970 };

/**
 * |computed - exact| in units of the last place of the exact value, the spacing of float64 there (2⁻¹⁰⁷⁴ among the
 * subnormals). A correctly rounded value has at most 0.5. An infinity counts as 2¹⁰²⁴ unless the exact value rounds to
 * it; NaN is infinitely wrong.
 */
export function ulps(computed: number, exact: Big): number {
  if (Number.isNaN(computed)) return Infinity;
  if (exact.mantissa === 0n) return computed === 0 ? 0 : Infinity;
  const last = Math.min(Math.max(magnitude(exact) - 52, -1074), 971);
  return approximate(scale(distance(computed, exact), -last));
}

/** |computed - exact| / max(|exact|, floor). */
export function relativeError(computed: number, exact: Big, floor: number): number {
  if (Number.isNaN(computed)) return Infinity;
  const size = Math.max(Math.abs(approximate(exact)), floor);
  return Number.isFinite(size)
    ? approximate(distance(computed, exact)) / size
    : ulps(computed, exact) * 2 ** -52;
}

function distance(computed: number, exact: Big): Big {
  const infinite = !Number.isFinite(computed);
  if (infinite && compare(abs(exact), OVERFLOW) >= 0 && computed > 0 === exact.mantissa > 0n) return big(0);
  const value = infinite ? { mantissa: computed > 0 ? 1n : -1n, exponent: 1024 } : big(computed);
  return abs(sub(value, exact));
}
