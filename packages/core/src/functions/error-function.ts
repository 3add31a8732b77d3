import { productError } from "./double-double.ts";
import { extendedExponential } from "./extended-exponential.ts";
import { polynomial } from "./polynomial.ts";

/** erf x / x - 9/8 in powers of x², for |x| < 0.9 (Remez, relative to erf x: 2⁻⁵⁶). */
const CENTRE_NUMERATOR = [
  0.003379167095512562, -0.3747436755139332, -0.04083145211773108, -0.007043992262348883,
  -0.00013308247994708977, -3.232156559668179e-6,
];
const CENTRE_DENOMINATOR = [
  1, 0.4091876722336063, 0.07010981100443382, 0.006049997163303078, 0.0002261838571051956,
];

/** exp(x²) erfc x for 1/4 ≤ x ≤ 28 (Remez, relative: 2⁻⁵⁷); every coefficient is positive, so nothing cancels. */
const TAIL_NUMERATOR = [
  3094.59617884636, 13183.99195821859, 21794.372366747157, 21146.122270480417, 13801.82056641274,
  6423.468631430204, 2178.3406538981103, 535.8681047848684, 92.40277708823001, 10.222856252554195,
  0.5641895835474318,
];
const TAIL_DENOMINATOR = [
  3094.596178841166, 16675.869817120438, 37516.48028138526, 49130.98580719815, 42720.89239421062,
  26312.956978357204, 11851.14251800389, 3942.398117525454, 958.8612560974827, 164.27965809076036,
  18.11954093200332, 1,
];

/** 2/√π ∫₀ˣ exp(-t²) dt. */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (a < 0.875) {
    const z = x * x;
    return x * (1.125 + polynomial(CENTRE_NUMERATOR, z) / polynomial(CENTRE_DENOMINATOR, z));
  }
  const value = 1 - tail(a);
  return x < 0 ? -value : value;
}

/** 1 - erf x, accurate in the far tail: down to 5e-324 at x = 27.226. */
export function erfc(x: number): number {
  return x < 0.25 ? 1 - erf(x) : tail(x);
}

/** erfc x for x ≥ 1/4. x² is taken in double-double, since exp(-x²) magnifies its error by x². */
function tail(x: number): number {
  if (x > 28) return 0;
  const square = x * x;
  const exponential = extendedExponential(-square, -productError(x, x, square));
  return (exponential * polynomial(TAIL_NUMERATOR, x)) / polynomial(TAIL_DENOMINATOR, x);
}
