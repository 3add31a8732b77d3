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

/** exp(x²) erfc x for 1/4 ≤ x < 2 (Remez, relative: 2⁻⁵⁷); every coefficient is positive, so nothing cancels. */
const FLANK_NUMERATOR = [
  1.0000000000008933, 1.4422291219107537, 1.0459630638157567, 0.4537148135427593, 0.12247680271943935,
  0.0193932342643137, 0.0014144735075143039,
];
const FLANK_DENOMINATOR = [
  1, 2.570608289028241, 2.94658390367109, 1.9602231952745426, 0.8215151342118769, 0.21832352346166628,
  0.034374598555711545, 0.0025070559782770165,
];

/** (x exp(x²) erfc x - 1/√π) x² in powers of 1/x², for 2 ≤ x ≤ 28 (Remez). */
const TAIL_NUMERATOR = [
  -0.2820947917738739, -9.169651026725019, -107.3637838304843, -565.601125330222, -1366.0029385730497,
  -1363.9046264994702, -410.79142815099425, -5.49393080874259,
];
const TAIL_DENOMINATOR = [
  1, 34.00556654754488, 427.8530540209991, 2532.3874913165055, 7423.74722729572, 10406.042378458142,
  6128.876421456941, 1072.702214332648,
];
const INVERSE_SQRT_PI = 0.5641895835477563;

/** 2/√π ∫₀ˣ exp(-t²) dt. */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (a < 0.875) {
    const z = x * x;
    return x + x * (0.125 + polynomial(CENTRE_NUMERATOR, z) / polynomial(CENTRE_DENOMINATOR, z));
  }
  const value = 1 - tail(a);
  return x < 0 ? -value : value;
}

/** 1 - erf x, accurate in the far tail: down to 5e-324 at x = 27.226. */
export function erfc(x: number): number {
  return x < 0.47 ? 1 - erf(x) : tail(x);
}

/** erfc x for x ≥ 1/4. x² is taken in double-double, since exp(-x²) magnifies its error by x². */
function tail(x: number): number {
  if (x > 28) return 0;
  const square = x * x;
  const exponential = extendedExponential(-square, -productError(x, x, square));
  if (x < 2) return (exponential * polynomial(FLANK_NUMERATOR, x)) / polynomial(FLANK_DENOMINATOR, x);
  const w = 1 / square;
  const series = (w * polynomial(TAIL_NUMERATOR, w)) / polynomial(TAIL_DENOMINATOR, w);
  return (exponential * (INVERSE_SQRT_PI + series)) / x;
}
