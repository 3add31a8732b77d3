/** |sin πx|, without the error that rounding πx would bring. */
export function absoluteSineOfPi(x: number): number {
  const r = Math.abs(x - Math.round(x));
  return r <= 0.25 ? Math.sin(Math.PI * r) : Math.cos(Math.PI * (0.5 - r));
}

/** cot πx, likewise. */
export function cotangentOfPi(x: number): number {
  const r = x - Math.round(x);
  if (Math.abs(r) <= 0.25) return 1 / Math.tan(Math.PI * r);
  return r > 0 ? Math.tan(Math.PI * (0.5 - r)) : -Math.tan(Math.PI * (0.5 + r));
}
