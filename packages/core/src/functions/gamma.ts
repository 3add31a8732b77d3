import { polynomial } from "./polynomial.ts";
import { absoluteSineOfPi } from "./reflection.ts";

/**
 * log Γ(x) / ((x - 1)(x - 2)) in powers of x - 1, for 0.7 ≤ x ≤ 3 (Remez, relative: 2⁻⁵⁷). The zeros at 1 and 2 are
 * factored out, hence met exactly; every coefficient is positive.
 */
const CENTRE_NUMERATOR = [
  0.5772156649015329, 1.9472177610981505, 2.604844883835932, 1.7594639028876442, 0.6323331631123293,
  0.11676648672127547, 0.009753253829394704, 0.0002669132620112041, 5.183190560597288e-7,
];
const CENTRE_DENOMINATOR = [
  1, 3.798353480227783, 5.857363569138596, 4.713563330770234, 2.118851498532376, 0.5287199435351736,
  0.06843808640574416, 0.003919055677200883, 6.708749973771244e-5,
];

/** The tail of Stirling's series in powers of 1/x², for x ≥ 8 (Remez). */
const STIRLING = [
  0.08333333333333333, -0.002777777777767976, 0.0007936507855899309, -0.0005952355753091494,
  0.0008413576304955173, -0.001884498886585418, 0.004948692329981875,
];

/** log|Γ(x)|; +∞ at 0, -1, -2, … and at ±∞. */
export function lgamma(x: number): number {
  if (x < 0) return reflected(x);
  if (x < 0.7) return x * (x - 1) * centre(x) - Math.log(x);
  // Adding 0 turns the -0 at 1 into 0.
  if (x < 3) return (x - 1) * (x - 2) * centre(x - 1) + 0;
  if (x < 8) {
    let product = 1;
    let z = x;
    while (z >= 3) {
      z -= 1;
      product *= z;
    }
    return Math.log(product) + (z - 1) * (z - 2) * centre(z - 1);
  }
  if (!(x < 1e100)) return x * (Math.log(x) - 1);
  // ½ log 2π - ½
  return (x - 0.5) * (Math.log(x) - 1) + (0.4189385332046727 + polynomial(STIRLING, 1 / (x * x)) / x);
}

function centre(u: number): number {
  return polynomial(CENTRE_NUMERATOR, u) / polynomial(CENTRE_DENOMINATOR, u);
}

/** Γ(x) Γ(-x) = -π / (x sin πx). */
function reflected(x: number): number {
  if (x > -1e-30) return -Math.log(-x);
  const sine = absoluteSineOfPi(x);
  return sine > 0 ? Math.log(Math.PI / (-x * sine)) - lgamma(-x) : Infinity;
}
