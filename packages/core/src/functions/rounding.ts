/** The greatest integer ≤ x. */
export function floor(x: number): number {
  return Math.floor(x);
}

/** The least integer ≥ x. */
export function ceil(x: number): number {
  return Math.ceil(x);
}

/** The nearest integer, ties to even as NumPy's `round` (JavaScript's `Math.round` rounds ties up); keeps ±0. */
export function round(x: number): number {
  // Beyond 2⁵² every float is an integer; below, adding and subtracting 2⁵² leaves the rounding to the hardware.
  const TWO52 = 4503599627370496;
  if (x > 0) return x < TWO52 ? x + TWO52 - TWO52 : x;
  return x > -TWO52 && x < 0 ? -(TWO52 - x - TWO52) : x;
}
