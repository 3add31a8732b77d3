/**
 * The sum of x_i·y_i over n entries, `xStep` and `yStep` apart, in which an exact zero annihilates: a product with a
 * factor 0 is 0 even where the other factor is infinite or NaN.
 */
export function strongDot(
  x: Float64Array, xOffset: number, xStep: number,
  y: Float64Array, yOffset: number, yStep: number,
  n: number,
): number {
  let s = 0;
  for (let i = 0, p = xOffset, q = yOffset; i < n; i++, p += xStep, q += yStep)
    if (x[p] !== 0 && y[q] !== 0) s += x[p]! * y[q]!;
  return s;
} // prettier-ignore

/**
 * Turns sums of products into sums of products in which an exact zero annihilates. The two differ only where a zero met
 * ±∞ or NaN, which made the sum NaN; so only entries that came out NaN are recomputed, and others cost one comparison.
 * `prepare` is called once, if there is one, and gives the function that finds an entry.
 */
export function recomputeNaN(out: Float64Array, prepare: () => (index: number) => number): void {
  let entry: ((index: number) => number) | null = null;
  for (let i = 0; i < out.length; i++)
    if (out[i] !== out[i]) {
      entry ??= prepare();
      out[i] = entry(i);
    }
}
