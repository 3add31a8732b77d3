import {
  abs,
  add,
  approximate,
  type Big,
  big,
  bitLength,
  compare,
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

/** Bits after the point in the fixed-point series: the precision and 32 guard bits. */
const POINT = PRECISION + 32;

/** Bits of π that are enough to reduce the greatest float64 and still see 200 bits of what is left. */
const PI_BITS = 1400;

/** arctan(1/n) in fixed point. */
function arctanOfInverse(n: bigint, bits: number): bigint {
  let power = (1n << BigInt(bits)) / n;
  let sum = power;
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= -(n * n);
    sum += power / k;
  }
  return sum;
}

/** π, by Machin's formula 16 arctan 1/5 - 4 arctan 1/239. */
const PI_FIXED = 16n * arctanOfInverse(5n, PI_BITS + 32) - 4n * arctanOfInverse(239n, PI_BITS + 32);
const PI_LONG: Big = { mantissa: PI_FIXED >> 32n, exponent: -PI_BITS };
export const PI: Big = mul(PI_LONG, ONE);

/** Σ s^(2k+1)/(2k+1) with alternating signs (arctan) or without (artanh), relative to s; needs |s| < 1/2. */
function oddPowersOverOdd(s: Big, alternating: boolean): Big {
  const square = mul(s, s);
  const step = toFixed(alternating ? neg(square) : square);
  let power = 1n << BigInt(POINT);
  let sum = power;
  for (let k = 3n; power !== 0n && power !== -1n; k += 2n) {
    power = (power * step) >> BigInt(POINT);
    sum += power / k;
  }
  return mul(s, { mantissa: sum, exponent: -POINT });
}

function toFixed(a: Big): bigint {
  const shift = a.exponent + POINT;
  return shift >= 0 ? a.mantissa << BigInt(shift) : a.mantissa >> BigInt(-shift);
}

export const LN2: Big = scale(oddPowersOverOdd(ratio(1n, 3n), false), 1);
export const LN10: Big = log(big(10));

/** eˣ: x = k ln 2 + r, then Taylor's series of r/2⁸, squared eight times. */
export function exp(x: Big): Big {
  if (magnitude(x) < -PRECISION) return add(ONE, x);
  const k = nearestInteger(div(x, LN2));
  const r = sub(x, mul({ mantissa: k, exponent: 0 }, LN2));
  const fixed = toFixed(scale(r, -8));
  let term = 1n << BigInt(POINT);
  let sum = term;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = ((term * fixed) >> BigInt(POINT)) / n;
    sum += term;
  }
  for (let n = 0; n < 8; n++) sum = (sum * sum) >> BigInt(POINT);
  return { mantissa: sum, exponent: Number(k) - POINT };
}

/** eˣ - 1 with full relative precision: Taylor's series near 0. */
export function expm1(x: Big): Big {
  return magnitude(x) >= -2 ? sub(exp(x), ONE) : taylor(x, (n) => [x, n + 1]);
}

/** first · (1 + Σ …), each term the last one times factor/divisor, until it no longer counts. */
function taylor(first: Big, next: (n: number) => readonly [factor: Big, divisor: number]): Big {
  let term = first;
  let sum = first;
  for (let n = 1; term.mantissa !== 0n && magnitude(term) > magnitude(sum) - PRECISION - 8; n++) {
    const [factor, divisor] = next(n);
    term = div(mul(term, factor), big(divisor));
    sum = add(sum, term);
  }
  return sum;
}

/** log x: x = 2ᵏ m with m in [1/√2, √2], then 2 artanh (m - 1)/(m + 1); full relative precision near 1. */
export function log(x: Big): Big {
  if (x.mantissa <= 0n) throw new RangeError("logarithm of a number that is not positive");
  let k = magnitude(x);
  let m = scale(x, -k);
  if (approximate(m) > Math.SQRT2) {
    m = scale(m, -1);
    k += 1;
  }
  const s = div(sub(m, ONE), add(m, ONE));
  const main = scale(oddPowersOverOdd(s, false), 1);
  return k === 0 ? main : add(mul(big(k), LN2), main);
}

/** log(1 + x) for x > -1, with full relative precision near 0. */
export function log1p(x: Big): Big {
  return magnitude(x) < -2 ? scale(artanh(div(x, add(big(2), x))), 1) : log(add(ONE, x));
}

export function artanh(x: Big): Big {
  return magnitude(x) < -2 ? oddPowersOverOdd(x, false) : scale(log(div(add(ONE, x), sub(ONE, x))), -1);
}

export function arsinh(x: Big): Big {
  if (x.mantissa < 0n) return neg(arsinh(neg(x)));
  const root = sqrt(add(ONE, mul(x, x)));
  return magnitude(x) < -2 ? artanh(div(x, root)) : log(add(x, root));
}

/** arcosh x = 2 arsinh √((x - 1)/2). */
export function arcosh(x: Big): Big {
  return scale(arsinh(sqrt(scale(sub(x, ONE), -1))), 1);
}

export function sinh(x: Big): Big {
  if (magnitude(x) >= -2) return scale(sub(exp(x), exp(neg(x))), -1);
  const square = mul(x, x);
  return taylor(x, (n) => [square, 2 * n * (2 * n + 1)]);
}

export function cosh(x: Big): Big {
  return scale(add(exp(x), exp(neg(x))), -1);
}

/** sin and cos of x, from x - k π/2 with π to 1400 bits and Taylor's series. */
export function sinCos(x: Big): readonly [sin: Big, cos: Big] {
  // k = round(2x/π) and x·2^n - k·π/2·2^n, all in integers.
  const fixed = x.exponent + PI_BITS >= 0 ? x.mantissa << BigInt(x.exponent + PI_BITS) : 0n;
  const halfPi = PI_LONG.mantissa >> 1n;
  const k = (2n * fixed + halfPi) / (2n * halfPi) - (2n * fixed + halfPi < 0n ? 1n : 0n);
  const r = k === 0n ? x : mul({ mantissa: fixed - k * halfPi, exponent: -PI_BITS }, ONE);
  const minusSquare = neg(mul(r, r));
  const sin = taylor(r, (n) => [minusSquare, 2 * n * (2 * n + 1)]);
  const cos = taylor(ONE, (n) => [minusSquare, 2 * n * (2 * n - 1)]);
  switch (Number(((k % 4n) + 4n) % 4n)) {
    case 0:
      return [sin, cos];
    case 1:
      return [cos, neg(sin)];
    case 2:
      return [neg(sin), neg(cos)];
    default:
      return [neg(cos), sin];
  }
}

/** arctan x: x > 1 through 1/x, then three halvings of the angle by x/(1 + √(1 + x²)), then the series. */
export function arctan(x: Big): Big {
  if (x.mantissa < 0n) return neg(arctan(neg(x)));
  if (compare(x, ONE) > 0) return sub(scale(PI, -1), arctan(div(ONE, x)));
  let s = x;
  let halvings = 0;
  while (magnitude(s) >= -3) {
    s = div(s, add(ONE, sqrt(add(ONE, mul(s, s)))));
    halvings += 1;
  }
  return scale(oddPowersOverOdd(s, true), halvings);
}

export function arcsin(x: Big): Big {
  if (compare(abs(x), ONE) === 0) return scale(x.mantissa < 0n ? neg(PI) : PI, -1);
  return arctan(div(x, sqrt(mul(sub(ONE, x), add(ONE, x)))));
}

export function arccos(x: Big): Big {
  if (compare(x, neg(ONE)) === 0) return PI;
  return scale(arctan(sqrt(div(sub(ONE, x), add(ONE, x)))), 1);
}

/** The angle of (x, y), neither of them zero. */
export function angle(y: Big, x: Big): Big {
  const acute = arctan(div(abs(y), abs(x)));
  const upper = x.mantissa < 0n ? sub(PI, acute) : acute;
  return y.mantissa < 0n ? neg(upper) : upper;
}

/** x^y for x > 0. */
export function power(x: Big, y: Big): Big {
  return exp(mul(y, log(x)));
}

/** ∛x by Newton's iteration on integers. */
export function cubeRoot(x: Big): Big {
  if (x.mantissa < 0n) return neg(cubeRoot(neg(x)));
  if (x.mantissa === 0n) return ZERO;
  let shift = 3 * PRECISION;
  while ((x.exponent - shift) % 3 !== 0) shift += 1;
  const n = x.mantissa << BigInt(shift);
  let root = 1n << BigInt(Math.ceil(bitLength(n) / 3));
  for (;;) {
    const next = (2n * root + n / (root * root)) / 3n;
    if (next >= root) return { mantissa: root, exponent: (x.exponent - shift) / 3 };
    root = next;
  }
}
