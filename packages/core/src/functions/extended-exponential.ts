import { scaleByPowerOfTwo } from "./binary-exponent.ts";

/** ln 2 in two parts; the high one has 36 bits, so that its product with an exponent is exact. */
export const LN2_HIGH = 0.6931471805582987;
export const LN2_LOW = 1.6465949582897082e-12;

/**
 * e^(high + low) within 0.7 ulp, for |low| ≤ ulp(high) or so; the engine's exp is off by up to 0.9 and takes one
 * number. high + low = k ln 2 + r with |r| ≤ ln 2 / 2, then eʳ = 1 + r + r·c/(2 - c), where c = r - r²·P(r²) comes
 * from the even function r coth(r/2) (Remez, W. J. Cody's scheme), and all but the last sum is kept to 2⁻⁵⁷.
 */
export function extendedExponential(high: number, low: number): number {
  if (!(high < 709.79)) return high * Infinity;
  if (high < -745.2) return 0;
  // Adding and subtracting 3·2⁵¹ rounds to an integer.
  const k = high * Math.LOG2E + 6755399441055744 - 6755399441055744;
  const t = high - k * LN2_HIGH;
  const w = low - k * LN2_LOW;
  const r = t + w;
  const rLow = t - r + w;
  const z = r * r;
  // (r coth(r/2) - 2)/r², written out for speed.
  let p = 4.138137482107751e-8;
  p = p * z - 1.6533902255177831e-6;
  p = p * z + 6.613756321519458e-5;
  p = p * z - 0.0027777777777015997;
  p = p * z + 0.16666666666666602;
  const c = r - z * p;
  const s = 1 + r;
  return scaleByPowerOfTwo(s + (1 - s + r + ((r * c) / (2 - c) + rLow * s)), k);
}
