/** (eˣ - e⁻ˣ)/2. */
export function sinh(x: number): number {
  return Math.sinh(x);
}

/** (eˣ + e⁻ˣ)/2. */
export function cosh(x: number): number {
  return Math.cosh(x);
}

/** sinh x / cosh x. */
export function tanh(x: number): number {
  return Math.tanh(x);
}
