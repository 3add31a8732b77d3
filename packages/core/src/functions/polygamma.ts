import { digamma } from "./digamma.ts";
import { cotangentOfPi } from "./reflection.ts";

/** The Bernoulli numbers B₂, B₄, … */
const BERNOULLI = [
  1 / 6,
  -1 / 30,
  1 / 42,
  -1 / 30,
  5 / 66,
  -691 / 2730,
  7 / 6,
  -3617 / 510,
  43867 / 798,
  -174611 / 330,
];

/**
 * ψ⁽ⁿ⁾(x), the derivative of the given order of digamma; order 0 is digamma. At 0 and the negative integers +∞ for odd
 * orders, NaN for even ones (∓∞ at ±0). The order must be a non-negative integer. Below 0 orders beyond 150 overflow:
 * +∞ for odd ones, NaN for even ones, of either sign.
 */
export function polygamma(order: number, x: number): number {
  if (order === 0) return digamma(x);
  const odd = order % 2 === 1;
  if (x > 0) return odd ? magnitude(order, x) : -magnitude(order, x);
  if (x === 0) return odd ? Infinity : -1 / x;
  if (Math.floor(x) === x) return odd && x !== -Infinity ? Infinity : NaN;
  if (order > 150) return odd ? Infinity : NaN;
  // ψ⁽ⁿ⁾(x) = (-1)ⁿ ψ⁽ⁿ⁾(1 - x) - dⁿ/dxⁿ π cot πx
  const derivative = cotangentDerivative(order, cotangentOfPi(x)) * Math.PI ** (order + 1);
  return (odd ? derivative : -derivative) - magnitude(order, 1 - x);
}

/** |ψ⁽ⁿ⁾(x)| = n! Σₖ (x + k)⁻ⁿ⁻¹ for x > 0: the first terms one by one, the rest by Euler and Maclaurin. */
function magnitude(n: number, x: number): number {
  let sum = 0;
  let z = x;
  while (z < 10 + n) {
    const first = factorialOverPower(n, z) / z;
    sum += first;
    // From here on the terms fall at least as fast as e⁻ᵏ.
    if (first <= sum * 1e-18) return sum;
    z += 1;
  }
  if (z === Infinity) return 0;
  let term = 1;
  let series = 1 + (0.5 * n) / z;
  for (let k = 0; k < BERNOULLI.length; k++) {
    term *= (((n + 2 * k) / z) * ((n + 2 * k + 1) / z)) / ((2 * k + 1) * (2 * k + 2));
    series += BERNOULLI[k]! * term;
  }
  return sum + (factorialOverPower(n, z) / n) * series;
}

/** Products smaller than this take the largest factors that are left. */
const SMALL_PRODUCT = 1e-200;

/**
 * n!/zⁿ, factor by factor, since n! and zⁿ by themselves overflow early, and so ordered that the product underflows or
 * overflows only if the result does.
 */
function factorialOverPower(n: number, z: number): number {
  let product = 1;
  for (let low = 1, high = n; low <= high && product > 0 && product < Infinity;)
    product *= (product < SMALL_PRODUCT ? high-- : low++) / z;
  return product;
}

/**
 * |dⁿ/duⁿ cot u| with the sign of cⁿ⁺¹, from c = cot u: with dc/du = -(1 + c²) it is a polynomial in c, each the
 * derivative of the last times 1 + c², and all its coefficients are non-negative.
 */
function cotangentDerivative(n: number, c: number): number {
  let coefficients = [0, 1];
  for (let k = 0; k < n; k++) {
    const next = new Array<number>(k + 3).fill(0);
    for (let j = 1; j < coefficients.length; j++) {
      next[j - 1]! += j * coefficients[j]!;
      next[j + 1]! += j * coefficients[j]!;
    }
    coefficients = next;
  }
  let sum = 0;
  for (let j = n + 1; j >= 0; j -= 2) sum = sum * c * c + coefficients[j]!;
  return n % 2 === 0 ? sum * c : sum;
}
