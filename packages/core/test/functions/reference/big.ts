/** The exact number mantissa · 2^exponent. Arithmetic below keeps at least `PRECISION` significant bits. */
export type Big = { readonly mantissa: bigint; readonly exponent: number };

/** Significant bits kept by every rounded operation: 57 decimal digits, 139 bits more than a float64 has. */
export const PRECISION = 192;

export const ZERO: Big = { mantissa: 0n, exponent: 0 };
export const ONE: Big = { mantissa: 1n, exponent: 0 };

/** Number of bits of |n|. */
export function bitLength(n: bigint): number {
  const hex = (n < 0n ? -n : n).toString(16);
  return hex.length * 4 - (Math.clz32(Number.parseInt(hex[0]!, 16)) - 28);
}

/** The power of two at or below |a|, as an exponent: 2^magnitude ≤ |a| < 2^(magnitude + 1). */
export function magnitude(a: Big): number {
  return a.mantissa === 0n ? -Infinity : bitLength(a.mantissa) - 1 + a.exponent;
}

/** Drops bits beyond the precision; truncation, hence an error below 2^-PRECISION relative. */
function shorten(mantissa: bigint, exponent: number): Big {
  if (mantissa === 0n) return ZERO;
  const excess = bitLength(mantissa) - PRECISION;
  return excess > 32
    ? { mantissa: mantissa >> BigInt(excess), exponent: exponent + excess }
    : { mantissa, exponent };
}

const view = new DataView(new ArrayBuffer(8));

/** The exact value of a finite float64. */
export function big(x: number): Big {
  if (!Number.isFinite(x)) throw new RangeError(`${x} has no exact value`);
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return { mantissa: bits >> 63n === 0n ? mantissa : -mantissa, exponent: Math.max(biased, 1) - 1075 };
}

export function ratio(numerator: bigint, denominator: bigint): Big {
  return div({ mantissa: numerator, exponent: 0 }, { mantissa: denominator, exponent: 0 });
}

export function neg(a: Big): Big {
  return { mantissa: -a.mantissa, exponent: a.exponent };
}

export function abs(a: Big): Big {
  return a.mantissa < 0n ? neg(a) : a;
}

/** a · 2^n. */
export function scale(a: Big, n: number): Big {
  return { mantissa: a.mantissa, exponent: a.exponent + n };
}

export function add(a: Big, b: Big): Big {
  if (a.mantissa === 0n) return b;
  if (b.mantissa === 0n) return a;
  const [high, low] = magnitude(a) >= magnitude(b) ? [a, b] : [b, a];
  // A summand this far down changes no bit that is kept.
  if (magnitude(high) - magnitude(low) > 2 * PRECISION) return high;
  const gap = high.exponent - low.exponent;
  return gap >= 0
    ? shorten((high.mantissa << BigInt(gap)) + low.mantissa, low.exponent)
    : shorten(high.mantissa + (low.mantissa << BigInt(-gap)), high.exponent);
}

export function sub(a: Big, b: Big): Big {
  return add(a, neg(b));
}

export function mul(a: Big, b: Big): Big {
  return shorten(a.mantissa * b.mantissa, a.exponent + b.exponent);
}

export function div(a: Big, b: Big): Big {
  if (b.mantissa === 0n) throw new RangeError("division by zero");
  const shift = Math.max(0, PRECISION + 2 + bitLength(b.mantissa) - bitLength(a.mantissa));
  return shorten((a.mantissa << BigInt(shift)) / b.mantissa, a.exponent - b.exponent - shift);
}

/** √a by Newton's iteration on integers. */
export function sqrt(a: Big): Big {
  if (a.mantissa < 0n) throw new RangeError("square root of a negative number");
  if (a.mantissa === 0n) return ZERO;
  let shift = Math.max(0, 2 * PRECISION + 2 - bitLength(a.mantissa));
  if ((a.exponent - shift) % 2 !== 0) shift += 1;
  const n = a.mantissa << BigInt(shift);
  let root = 1n << BigInt(Math.ceil(bitLength(n) / 2));
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return shorten(root, (a.exponent - shift) / 2);
    root = next;
  }
}

export function compare(a: Big, b: Big): number {
  const difference = sub(a, b).mantissa;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The integer nearest to a. */
export function nearestInteger(a: Big): bigint {
  if (a.exponent >= 0) return a.mantissa << BigInt(a.exponent);
  return ((a.mantissa >> BigInt(-a.exponent - 1)) + 1n) >> 1n;
}

/** a as a number: within an ulp, which is enough to size errors and to choose series. */
export function approximate(a: Big): number {
  if (a.mantissa === 0n) return 0;
  const excess = bitLength(a.mantissa) - 64;
  const head = Number(excess > 0 ? a.mantissa >> BigInt(excess) : a.mantissa);
  const exponent = a.exponent + Math.max(excess, 0);
  const half = Math.trunc(exponent / 2);
  return head * 2 ** half * 2 ** (exponent - half);
}
