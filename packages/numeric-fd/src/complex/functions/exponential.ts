import { type Complex, add, complex, div, mul, neg, ONE, scale } from "./complex.ts";

/** e^x (cos y + i sin y) */
export function exp({ re, im }: Complex): Complex {
  const size = Math.exp(re);
  // Where e^x underflows, its products with sin and cos do too; where it overflows, a real number stays real.
  return complex(size * Math.cos(im), im === 0 ? 0 : size * Math.sin(im));
}

/** e^z − 1: (e^x − 1) cos y − 2 sin²(y/2), whose terms do not cancel at x = 0 */
export function expm1({ re, im }: Complex): Complex {
  const half = Math.sin(im / 2);
  return complex(Math.expm1(re) * Math.cos(im) - 2 * half * half, im === 0 ? 0 : Math.exp(re) * Math.sin(im));
}

/** log|z| in some base, from the larger of the two parts: log|x| + log(1 + (y/x)²)/2 */
function logModulus(re: number, im: number, logarithm: (x: number) => number, base: number): number {
  const [large, small] = Math.abs(re) >= Math.abs(im) ? [re, im] : [im, re];
  const ratio = small === 0 ? 0 : small / large;
  return logarithm(Math.abs(large)) + Math.log1p(ratio * ratio) / (2 * base);
}

/** log|z| + i arg z */
export function log({ re, im }: Complex): Complex {
  return complex(logModulus(re, im, Math.log, 1), Math.atan2(im, re));
}

export function log2({ re, im }: Complex): Complex {
  return complex(logModulus(re, im, Math.log2, Math.LN2), Math.atan2(im, re) / Math.LN2);
}

export function log10({ re, im }: Complex): Complex {
  return complex(logModulus(re, im, Math.log10, Math.LN10), Math.atan2(im, re) / Math.LN10);
}

/** log(1 + z), whose real part keeps all digits of a small z */
export function log1p({ re, im }: Complex): Complex {
  const right = 1 + re;
  const angle = Math.atan2(im, right);
  if (Math.abs(im) >= Math.abs(right) && im !== 0) return complex(logModulus(right, im, Math.log, 1), angle);
  if (right < 0) return complex(logModulus(right, im, Math.log, 1), angle);
  const ratio = im === 0 ? 0 : im / right;
  return complex(Math.log1p(re) + Math.log1p(ratio * ratio) / 2, angle);
}

/** 1 / (1 + e^−z), from the exponential that does not overflow */
export function sigmoid(z: Complex): Complex {
  if (z.re >= 0) return div(ONE, add(ONE, exp(neg(z))));
  const power = exp(z);
  return div(power, add(ONE, power));
}

/** log(1 + e^z), from the exponential that does not overflow */
export function softplus(z: Complex): Complex {
  return z.re > 0 ? add(z, log1p(exp(neg(z)))) : log1p(exp(z));
}

/** The square root in the right half plane; its halves of |z| ± x do not cancel. */
export function sqrt({ re, im }: Complex): Complex {
  if (im === 0) return re >= 0 ? complex(Math.sqrt(re), 0) : complex(re < 0 ? 0 : NaN, Math.sqrt(-re));
  // Divided by 4, |z| + |x| stays a number; multiplied by 2^200, the smallest numbers keep their digits.
  const shift = Math.max(Math.abs(re), Math.abs(im)) < 2 ** -900 ? 2 ** 200 : 1 / 4;
  const [x, y] = [re * shift, im * shift];
  const part = Math.sqrt((Math.hypot(x, y) + Math.abs(x)) / 2);
  const other = Math.abs(y) / (2 * part);
  const unshift = shift === 1 / 4 ? 2 : 2 ** -100;
  const [right, up] = x >= 0 ? [part, other] : [other, part];
  return complex(right * unshift, (im < 0 ? -up : up) * unshift);
}

/** The cube root that is odd: real for real z on both sides of 0. */
export function cbrt(z: Complex): Complex {
  if (z.re < 0) return neg(cbrt(neg(z)));
  const size = Math.cbrt(Math.hypot(z.re, z.im));
  const angle = Math.atan2(z.im, z.re) / 3;
  return complex(size * Math.cos(angle), size * Math.sin(angle));
}

/**
 * a^b = |a|^Re b e^(−Im b arg a) · e^(i (Im b log|a| + Re b arg a)).
 *
 * A negative a has integer powers only, (−1)^b (−a)^b, and none as a function of its exponent.
 */
export function pow(a: Complex, b: Complex): Complex {
  if (b.im === 0 && a.im === 0) return complex(realPower(a.re, b.re), 0);
  if (b.im === 0 && b.re === 1) return a;
  if (a.re === 0 && a.im === 0) return powerOfZero(b);
  if (a.re < 0 && Number.isInteger(b.re)) {
    if (b.im !== 0) return complex(pow(a, complex(b.re, 0)).re, NaN);
    const size = pow(neg(a), b);
    return b.re % 2 === 0 ? size : neg(size);
  }
  const base = log(a);
  const size = realPower(Math.hypot(a.re, a.im), b.re) * Math.exp(b.im === 0 ? 0 : -b.im * base.im);
  const angle = b.re * base.im + (b.im === 0 ? 0 : b.im * base.re);
  return complex(size * Math.cos(angle), angle === 0 ? 0 : size * Math.sin(angle));
}

function powerOfZero(b: Complex): Complex {
  if (b.re > 0) return complex(0, 0);
  return complex(realPower(0, b.re), NaN);
}

/** xʸ of real numbers, with 1 for every base to the power 0 and every power of 1. */
function realPower(x: number, y: number): number {
  return x === 1 ? 1 : x ** y;
}

/** √(a² + b²) in the right half plane; NaN, with no derivative, where both are 0. */
export function hypot(a: Complex, b: Complex): Complex {
  const size = Math.max(Math.abs(a.re), Math.abs(a.im), Math.abs(b.re), Math.abs(b.im));
  if ((a.re === 0 && b.re === 0) || !Number.isFinite(size))
    return complex(Math.hypot(a.re, b.re), a.im === 0 && b.im === 0 ? 0 : NaN);
  const factor = 2 ** -Math.max(-1000, Math.min(1000, Math.floor(Math.log2(size))));
  const [x, y] = [scale(factor, a), scale(factor, b)];
  return scale(1 / factor, sqrt(add(mul(x, x), mul(y, y))));
}
