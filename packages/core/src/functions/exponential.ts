/** eˣ. */
export function exp(x: number): number {
  return Math.exp(x);
}

/** eˣ - 1, accurate near 0. */
export function expm1(x: number): number {
  return Math.expm1(x);
}
