import { polynomial } from "./polynomial.ts";
import { absoluteSineOfPi } from "./reflection.ts";

/**
 * log Γ(x) / ((x - 1)(x - 2)) in powers of x - ¾, for 0.7 ≤ x ≤ 3 (Remez, relative: 2⁻⁵⁷). The zeros at 1 and 2 are
 * factored out, hence met exactly; every coefficient is positive.
 */
const CENTRE_NUMERATOR = [
  0.6504990445801452, 2.6735106389962344, 4.291468109335288, 3.4141907931558833, 1.4128309379384865,
  0.2922971019915381, 0.02648721675614517, 0.0007582948463739868, 1.478274634390959e-6,
];
const CENTRE_DENOMINATOR = [
  1, 4.6516133506103, 8.664766665718686, 8.283244402028943, 4.335088148368396, 1.2296575956224896,
  0.17596366390051169, 0.010794689168119749, 0.00019133726222780834,
];

/** The tail of Stirling's series in powers of 1/x², for x ≥ 8 (Remez). */
const STIRLING = [
  0.08333333333333333, -0.002777777777767976, 0.0007936507855899309, -0.0005952355753091494,
  0.0008413576304955173, -0.001884498886585418, 0.004948692329981875,
];

/** log|Γ(x)|; +∞ at 0, -1, -2, … and at ±∞. */
export function lgamma(x: number): number {
  if (x < 0) return reflected(x);
  if (x < 0.7) return x * (x - 1) * centre(x + 1) - Math.log(x);
  // Adding 0 turns the -0 at 1 into 0.
  if (x < 3) return (x - 1) * (x - 2) * centre(x) + 0;
  if (x < 8) {
    let product = 1;
    let z = x;
    while (z >= 3) {
      z -= 1;
      product *= z;
    }
    return Math.log(product) + (z - 1) * (z - 2) * centre(z);
  }
  if (!(x < 1e100)) return x * (Math.log(x) - 1);
  // ½ log 2π - ½
  return (x - 0.5) * (Math.log(x) - 1) + (0.4189385332046727 + polynomial(STIRLING, 1 / (x * x)) / x);
}

function centre(x: number): number {
  const u = x - 0.75;
  return polynomial(CENTRE_NUMERATOR, u) / polynomial(CENTRE_DENOMINATOR, u);
}

/** Γ(x) Γ(-x) = -π / (x sin πx). */
function reflected(x: number): number {
  if (x > -1e-30) return -Math.log(-x);
  const sine = absoluteSineOfPi(x);
  return sine > 0 ? Math.log(Math.PI / (-x * sine)) - lgamma(-x) : Infinity;
}
