import { polynomial } from "./polynomial.ts";
import { cotangentOfPi } from "./reflection.ts";

/** The zero of ψ on x > 0, in two parts. */
const ZERO_HIGH = 1.4616321449683622;
const ZERO_LOW = 9.549995429965697e-17;

/** ψ(x) / (x - zero) in powers of x - 1, for 1 ≤ x ≤ 3 (Remez, relative: 2⁻⁶⁰); every coefficient is positive. */
const CENTRE_NUMERATOR = [
  1.2503801375034054, 1.93733047567487, 1.0705724863129096, 0.2641921958522137, 0.029345294348781036,
  0.0012712579306160975, 1.3608133385408995e-5,
];
const CENTRE_DENOMINATOR = [
  1, 2.2329400096289143, 1.7807250356045556, 0.6561926543654628, 0.11789434370302478, 0.009796582270244707,
  0.0003120799422172117, 2.210521491268658e-6,
];

/** (log x - 1/(2x) - ψ(x)) x² in powers of 1/x², for x ≥ 8 (Remez). */
const TAIL = [
  0.08333333333333316, -0.008333333333041464, 0.003968253804594522, -0.004166622998329023,
  0.00756948021194905, -0.02058909529818901, 0.06153857976000962,
];

/** ψ(x) = Γ′(x)/Γ(x); ∓∞ at ±0, NaN at the negative integers and at -∞. */
export function digamma(x: number): number {
  if (x < 0) {
    if (Math.floor(x) === x) return NaN;
    return x > -1e-20 ? -1 / x : digamma(1 - x) - Math.PI * cotangentOfPi(x);
  }
  if (x < 1) return centre(x) - 1 / x;
  if (x < 3) return centre(x - 1);
  let sum = 0;
  let z = x;
  while (z < 8) {
    sum += 1 / z;
    z += 1;
  }
  const w = 1 / (z * z);
  return Math.log(z) - (0.5 / z + w * polynomial(TAIL, w) + sum);
}

/** ψ(1 + u) for 0 ≤ u ≤ 2. */
function centre(u: number): number {
  const distance = u - (ZERO_HIGH - 1) - ZERO_LOW;
  return (distance * polynomial(CENTRE_NUMERATOR, u)) / polynomial(CENTRE_DENOMINATOR, u);
}
