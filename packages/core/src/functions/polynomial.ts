/** c₀ + c₁x + c₂x² + … by Horner's rule. */
export function polynomial(coefficients: readonly number[], x: number): number {
  let n = coefficients.length - 1;
  let sum = coefficients[n]!;
  while (n > 0) sum = sum * x + coefficients[--n]!;
  return sum;
}
