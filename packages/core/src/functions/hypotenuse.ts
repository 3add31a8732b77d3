/** √(x² + y²) without overflow or underflow on the way; +∞ when either is infinite, even beside NaN. */
export function hypot(x: number, y: number): number {
  return Math.hypot(x, y);
}
