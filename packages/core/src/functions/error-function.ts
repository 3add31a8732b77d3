/** 2/√π ∫₀ˣ exp(-t²) dt. */
export function erf(x: number): number {
  if (x < 0) return -erf(-x);
  if (x > 2) return 1 - erfc(x);
  // erf x = 2/√π exp(-x²) Σ 2ⁿ x²ⁿ⁺¹/(1·3·5…(2n+1))
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** 1 - erf x, accurate in the far tail. */
export function erfc(x: number): number {
  if (!(x > 2)) return 1 - erf(x);
  // The continued fraction of erfc, from its tail.
  let fraction = x;
  for (let n = 60; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (fraction * Math.sqrt(Math.PI));
}
