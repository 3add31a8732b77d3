/**
 * √(x² + y²) within 1.2 ulp, without overflow or underflow on the way; +∞ when either is infinite, even beside NaN. The
 * engine's `Math.hypot` takes any number of arguments, and longer.
 */
export function hypot(x: number, y: number): number {
  const a = Math.abs(x);
  const b = Math.abs(y);
  if (a === Infinity || b === Infinity) return Infinity;
  const high = a > b ? a : b;
  if (high > 1e150) return scaled(a, b, 2 ** -600, 2 ** 600);
  if (high < 1e-140) return scaled(a, b, 2 ** 600, 2 ** -600);
  return Math.sqrt(a * a + b * b);
}

function scaled(a: number, b: number, down: number, up: number): number {
  return Math.sqrt(a * down * (a * down) + b * down * (b * down)) * up;
}
