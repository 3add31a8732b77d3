import { extendedExponential } from "./extended-exponential.ts";
import { polynomial } from "./polynomial.ts";

/** (sinh x - x)/x³ in powers of x², for |x| < 1.4437, where sinh x < 2. */
const SINH = [
  0.16666666666666666, 0.008333333333333371, 0.00019841269841249596, 2.7557319229239534e-6,
  2.505210763365522e-8, 1.605910635344902e-10, 7.644156374224289e-13, 2.8889498247627116e-15,
];

/** (tanh x - x)/x³ in powers of x², for |x| < 0.8. */
const TANH_NUMERATOR = [-0.33333333333333154, -0.020486647751985543, -0.0001986405663969827];
const TANH_DENOMINATOR = [1, 0.46145994325578543, 0.023275137098578747, 0.00020595819727955221];

/** eˣ/2 where eˣ alone would overflow: 1024 ln 2 is taken off x in two parts, and 2¹⁰²³ put back. */
function halfExponential(x: number): number {
  return extendedExponential(x - 709.7827128935605, 1.765319119422959e-10) * 2 ** 1023;
}

/** (eˣ - e⁻ˣ)/2. */
export function sinh(x: number): number {
  const a = Math.abs(x);
  if (a < 1.4437) {
    const z = x * x;
    return x + x * z * polynomial(SINH, z);
  }
  const e = extendedExponential(a, 0);
  const value = a > 709 ? halfExponential(a) : 0.5 * e - 0.5 / e;
  return x < 0 ? -value : value;
}

/** (eˣ + e⁻ˣ)/2. */
export function cosh(x: number): number {
  const a = Math.abs(x);
  if (a > 709) return halfExponential(a);
  const e = extendedExponential(a, 0);
  return 0.5 * e + 0.5 / e;
}

/** sinh x / cosh x; the engine's is off by up to 2.1 ulp. */
export function tanh(x: number): number {
  const a = Math.abs(x);
  if (a < 1e-9) return x;
  if (a < 0.8) {
    const z = x * x;
    return x + (x * z * polynomial(TANH_NUMERATOR, z)) / polynomial(TANH_DENOMINATOR, z);
  }
  const t = a > 20 ? 1 : 1 - 2 / (extendedExponential(2 * a, 0) + 1);
  return x < 0 ? -t : x > 0 ? t : x;
}
