import {
  add,
  approximate,
  type Big,
  big,
  div,
  magnitude,
  mul,
  nearestInteger,
  neg,
  ONE,
  PRECISION,
  ratio,
  scale,
  sqrt,
  sub,
  ZERO,
} from "./big.ts";
import { exp, log, PI, sinCos } from "./elementary.ts";

/** erf x = 2/√π exp(-x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·5 … (2n + 1)): every term positive. */
export function errorFunction(x: Big): Big {
  const square = mul(x, x);
  let term = x;
  let sum = x;
  for (let n = 1; magnitude(term) > magnitude(sum) - PRECISION - 8; n++) {
    term = div(mul(scale(term, 1), square), big(2 * n + 1));
    sum = add(sum, term);
  }
  return div(mul(scale(sum, 1), exp(neg(square))), sqrt(PI));
}

/** 1 - erf x up to 5; beyond, Laplace's continued fraction exp(-x²)/√π / (x + ½/(x + 1/(x + 3/2/(x + …)))). */
export function complementaryErrorFunction(x: Big): Big {
  if (approximate(x) < 5) return sub(ONE, errorFunction(x));
  let fraction = x;
  for (let n = 150; n > 0; n--) fraction = add(x, div(big(n / 2), fraction));
  return div(exp(neg(mul(x, x))), mul(fraction, sqrt(PI)));
}

/** B₂, B₄, … B₆₀ by the recurrence Σ binomial(n + 1, k) Bₖ = 0, in exact fractions. */
const BERNOULLI: readonly Big[] = bernoulliNumbers(60);

function bernoulliNumbers(last: number): readonly Big[] {
  const numerators: bigint[] = [];
  const denominators: bigint[] = [];
  const even: Big[] = [];
  for (let n = 0; n <= last; n++) {
    let numerator = n === 0 ? -1n : 0n;
    let denominator = 1n;
    let binomial = 1n;
    for (let k = 0; k < n; k++) {
      numerator = numerator * denominators[k]! + binomial * numerators[k]! * denominator;
      denominator *= denominators[k]!;
      binomial = (binomial * BigInt(n + 1 - k)) / BigInt(k + 1);
    }
    denominator *= BigInt(n + 1);
    const divisor = greatestCommonDivisor(numerator, denominator);
    numerators.push(-numerator / divisor);
    denominators.push(denominator / divisor);
    if (n >= 2 && n % 2 === 0) even.push(ratio(numerators[n]!, denominators[n]!));
  }
  return even;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

/** The asymptotic series below are used from here on, where their 30 terms reach 2⁻¹⁹⁰. */
const FAR = 35;

/** Below this, arguments are reflected; above, stepped up to FAR one by one. */
const REFLECTED = -100;

/** log|Γ(x)| by Stirling's series; x not a pole. */
export function logGamma(x: Big): Big {
  if (approximate(x) < REFLECTED) {
    const sine = sinOfPi(x);
    const factor = div(PI, mul(neg(x), sine.mantissa < 0n ? neg(sine) : sine));
    return sub(log(factor), logGamma(neg(x)));
  }
  let product = ONE;
  let z = x;
  for (; approximate(z) < FAR; z = add(z, ONE)) product = mul(product, z);
  let sum = add(sub(mul(sub(z, big(0.5)), log(z)), z), scale(log(scale(PI, 1)), -1));
  const square = mul(z, z);
  let power = z;
  BERNOULLI.forEach((b, k) => {
    sum = add(sum, div(b, mul(big((2 * k + 1) * (2 * k + 2)), power)));
    power = mul(power, square);
  });
  return sub(sum, log(product.mantissa < 0n ? neg(product) : product));
}

function sinOfPi(x: Big): Big {
  const n = nearestInteger(x);
  const sine = sinCos(mul(PI, sub(x, { mantissa: n, exponent: 0 })))[0];
  return n % 2n === 0n ? sine : neg(sine);
}

/** ψ⁽ⁿ⁾(x), n ≥ 0, by Euler and Maclaurin; x not a pole and above -100 or so. */
export function polyGamma(n: number, x: Big): Big {
  const sign = n % 2 === 1 ? 1 : -1;
  let sum = ZERO;
  let z = x;
  for (; approximate(z) < FAR + n; z = add(z, ONE)) sum = add(sum, inversePower(z, n + 1));
  // Everything but n! comes with the sign (-1)ⁿ⁺¹; the integral of the sum is log z (with a minus) when n is 0.
  sum = add(sum, scale(inversePower(z, n + 1), -1));
  sum = add(sum, n === 0 ? neg(log(z)) : div(inversePower(z, n), big(n)));
  // B₂ₖ (n + 2k - 1)! / (n! (2k)! zⁿ⁺²ᵏ)
  const square = mul(z, z);
  let term = inversePower(z, n);
  for (let k = 1; k <= BERNOULLI.length; k++) {
    const rising = k === 1 ? n + 1 : (n + 2 * k - 2) * (n + 2 * k - 1);
    term = div(mul(term, big(rising)), mul(square, big(2 * k * (2 * k - 1))));
    sum = add(sum, mul(BERNOULLI[k - 1]!, term));
  }
  let factorial = big(sign);
  for (let k = 2; k <= n; k++) factorial = mul(factorial, big(k));
  return mul(factorial, sum);
}

function inversePower(z: Big, n: number): Big {
  let power = ONE;
  for (let k = 0; k < n; k++) power = mul(power, z);
  return div(ONE, power);
}
