import { exponentOf, scaleByPowerOfTwo } from "./binary-exponent.ts";
import { productError } from "./double-double.ts";
import { LN2_HIGH, LN2_LOW } from "./extended-exponential.ts";

/** What the last `extendedLogarithm` left over: a typed array, because storing a number there allocates nothing. */
export const logarithmLow: Float64Array = /* @__PURE__ */ new Float64Array(1);

const LN_3_2_HIGH = 0.4054651081096381;
const LN_3_2_LOW = -1.4737129240254587e-12;

/**
 * log x for a positive finite x as the sum of two numbers, to a relative 2⁻⁶⁷: the high one is returned, the low one
 * left in `logarithmLow[0]`. x = 2ᵏ·m, and log m = log c + 2 artanh s with s = (m - c)/(m + c), c = 1 or 3/2, so
 * |s| < 0.102; 2s + ⅔s³ in double-double, the rest of the series (Remez) in plain numbers.
 */
export function extendedLogarithm(x: number): number {
  let k = 0;
  let m = x;
  if (m < 2.2250738585072014e-308) {
    m *= 18014398509481984; // 2⁵⁴
    k = -54;
  }
  const exponent = exponentOf(m);
  k += exponent;
  m = scaleByPowerOfTwo(m, -exponent);
  let c = 1;
  if (m > 1.7320508075688772) {
    m *= 0.5;
    k += 1;
  } else if (m > 1.224744871391589) c = 1.5;

  const f = m - c;
  const d = c + m;
  const dLow = m - (d - c);
  const inverse = 1 / d;
  const s = f * inverse;
  const back = s * d;
  const sLow = (f - back - productError(s, d, back) - s * dLow) * inverse;

  const z = s * s;
  const zLow = productError(s, s, z) + 2 * s * sLow;
  const cube = z * s;
  const cubeLow = productError(z, s, cube) + z * sLow + zLow * s;
  const third = cube * 0.6666666666666666;
  const thirdLow =
    productError(cube, 0.6666666666666666, third) +
    cube * 3.700743415417188e-17 +
    cubeLow * 0.6666666666666666;
  // (2 artanh s - 2s - ⅔s³)/s⁵, written out for speed.
  let p = 0.13798227782122846;
  p = p * z + 0.1537738692367804;
  p = p * z + 0.18181874866044018;
  p = p * z + 0.22222221988261218;
  p = p * z + 0.28571428571902163;
  p = p * z + 0.3999999999999964;
  const rest = cube * z * p;

  const a = 2 * s + third;
  const aLow = 2 * s - a + third + (2 * sLow + thirdLow + rest);
  const base = k * LN2_HIGH + (c === 1 ? 0 : LN_3_2_HIGH);
  const b = base + a;
  const bLow = base - b + a + (aLow + k * LN2_LOW + (c === 1 ? 0 : LN_3_2_LOW));
  const high = b + bLow;
  logarithmLow[0] = b - high + bLow;
  return high;
}
