/**
 * x to the power y, by the rules of IEEE 754: pow(x, 0) = 1 and pow(1, y) = 1 even beside NaN, and pow(-1, ±∞) = 1,
 * where JavaScript's `**` gives NaN.
 */
export function pow(x: number, y: number): number {
  if (x === 1 || (x === -1 && (y === Infinity || y === -Infinity))) return 1;
  return Math.pow(x, y);
}
