/** |sin πx|: x is reduced before it is multiplied by π, as πx would lose the fraction of a large x. */
export function absoluteSineOfPi(x: number): number {
  return Math.sin(Math.PI * Math.abs(x - Math.round(x)));
}

/** cot πx, likewise, and from the other side near its zeros at the half-integers. */
export function cotangentOfPi(x: number): number {
  const r = x - Math.round(x);
  if (Math.abs(r) <= 0.25) return 1 / Math.tan(Math.PI * r);
  return r > 0 ? Math.tan(Math.PI * (0.5 - r)) : -Math.tan(Math.PI * (0.5 + r));
}
