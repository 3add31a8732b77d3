/**
 * a·b - product, exactly, where product is the rounded a·b: the two factors are split into halves of 26 bits, whose
 * products are exact (Dekker 1971, Veltkamp). For |a|, |b| < 2⁹⁹⁵ and no underflow.
 */
export function productError(a: number, b: number, product: number): number {
  const SPLITTER = 134217729; // 2²⁷ + 1
  const a1 = a * SPLITTER;
  const aHigh = a1 - (a1 - a);
  const aLow = a - aHigh;
  const b1 = b * SPLITTER;
  const bHigh = b1 - (b1 - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}
