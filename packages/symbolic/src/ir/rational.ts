import { FluxionError } from "@fluxion/core";

/** An exact fraction in lowest terms with a positive denominator. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const zero: Rational = { numerator: 0n, denominator: 1n };
export const one: Rational = { numerator: 1n, denominator: 1n };
export const two: Rational = { numerator: 2n, denominator: 1n };
export const minusOne: Rational = { numerator: -1n, denominator: 1n };
export const half: Rational = { numerator: 1n, denominator: 2n };

/** Largest number of digits of an exact number: what is longer is a mistake or an attack, not mathematics. */
const DIGIT_LIMIT = 2000;
/** Digits of what comes of calculating with such numbers. */
const LARGEST = 10n ** 4000n;

/** a/b in lowest terms already, if it isn't too long. */
function bounded(numerator: bigint, denominator: bigint): Rational {
  if (numerator > LARGEST || numerator < -LARGEST || denominator > LARGEST)
    throw new FluxionError("LIMIT", "A number in the closed form has more than 4000 digits.");
  return { numerator, denominator };
}

export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

export function rational(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  if (d === 0n) throw new FluxionError("DOMAIN", `Division of ${n} by zero in a closed form.`);
  if (n === d) return one;
  if (d === 1n) return bounded(n, d);
  const divisor = d < 0n ? -gcd(n, d) : gcd(n, d);
  return bounded(n / divisor, d / divisor);
}

export const add = (a: Rational, b: Rational): Rational =>
  a.denominator === 1n && b.denominator === 1n
    ? { numerator: a.numerator + b.numerator, denominator: 1n }
    : rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
export function multiply(a: Rational, b: Rational): Rational {
  if (isOne(b)) return a;
  if (isOne(a)) return b;
  return a.denominator === 1n && b.denominator === 1n
    ? { numerator: a.numerator * b.numerator, denominator: 1n }
    : rational(a.numerator * b.numerator, a.denominator * b.denominator);
}
export function divide(a: Rational, b: Rational): Rational {
  if (isOne(b)) return a;
  if (b.numerator === -1n && b.denominator === 1n) return negate(a);
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}
export const negate = (a: Rational): Rational => ({ numerator: -a.numerator, denominator: a.denominator });
export const subtract = (a: Rational, b: Rational): Rational => add(a, negate(b));
export const absolute = (a: Rational): Rational => (a.numerator < 0n ? negate(a) : a);
export const isZero = (a: Rational): boolean => a.numerator === 0n;
export const isInteger = (a: Rational): boolean => a.denominator === 1n;
export const isOne = (a: Rational): boolean => a.numerator === 1n && a.denominator === 1n;
export const isNegative = (a: Rational): boolean => a.numerator < 0n;
export const isEven = (a: Rational): boolean => isInteger(a) && a.numerator % 2n === 0n;
export const equals = (a: Rational, b: Rational): boolean =>
  a.numerator === b.numerator && a.denominator === b.denominator;
export const compare = (a: Rational, b: Rational): number => {
  const alike = a.denominator === b.denominator;
  const left = alike ? a.numerator : a.numerator * b.denominator;
  const right = alike ? b.numerator : b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
};
export const minimum = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b);
export const maximum = (a: Rational, b: Rational): Rational => (compare(a, b) >= 0 ? a : b);
export const sign = (a: Rational): bigint => (a.numerator > 0n ? 1n : a.numerator < 0n ? -1n : 0n);
export const keyOf = (a: Rational): string =>
  isOne(a) ? "1" : isInteger(a) ? `${a.numerator}` : `${a.numerator}/${a.denominator}`;

/** The rational that divides both and leaves coprime integers: gcd(4/3, 2/3) = 2/3. */
export function commonContent(a: Rational, b: Rational): Rational {
  if (isOne(a) && isInteger(b)) return one;
  const denominator = (a.denominator / gcd(a.denominator, b.denominator)) * b.denominator;
  return rational(
    gcd(a.numerator * (denominator / a.denominator), b.numerator * (denominator / b.denominator)),
    denominator,
  );
}

/** a^exponent for an integer exponent; undefined where the digits would run away. */
export function power(a: Rational, exponent: bigint): Rational | undefined {
  if (exponent < 0n) return isZero(a) ? undefined : power(divide(one, a), -exponent);
  const digits = `${a.numerator}`.length + `${a.denominator}`.length;
  const trivial = a.denominator === 1n && a.numerator * a.numerator <= 1n;
  if (!trivial && exponent * BigInt(digits) > BigInt(DIGIT_LIMIT)) return undefined;
  if (trivial) return a.numerator < 0n && exponent % 2n === 0n ? one : exponent === 0n ? one : a;
  return { numerator: a.numerator ** exponent, denominator: a.denominator ** exponent };
}

/** A decimal literal as an exact fraction: `0.1` is 1/10, `1e-3` is 1/1000. */
export function parseRational(text: string): Rational {
  const match = /^(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) throw new FluxionError("PARSE", `"${text}" is not a number.`);
  const [, whole = "", fraction = "", exponentText = "0"] = match;
  const exponent = Number(exponentText) - fraction.length;
  if (Math.abs(exponent) + whole.length + fraction.length > DIGIT_LIMIT) {
    throw new FluxionError("LIMIT", `The number ${text} needs more than ${DIGIT_LIMIT} digits to be exact.`);
  }
  const digits = BigInt(whole + fraction || "0");
  const scale = 10n ** BigInt(Math.abs(exponent));
  return exponent < 0 ? rational(digits, scale) : rational(digits * scale);
}

export const toNumber = (a: Rational): number => {
  const direct = Number(a.numerator) / Number(a.denominator);
  if (Number.isFinite(direct)) return direct;
  const scale = BigInt(Math.max(`${a.numerator}`.length, `${a.denominator}`.length) - 300);
  return Number(a.numerator / 10n ** scale) / Number(a.denominator / 10n ** scale);
};

/**
 * Splits n^(p/q), n a positive integer and 0 < p/q < 1, into outside · inside^(p/q) by small prime factors: √12 = 2·√3.
 */
export function extractRoot(
  n: bigint,
  exponent: Rational,
): { readonly outside: bigint; readonly inside: bigint } {
  let [outside, inside, rest] = [1n, 1n, n];
  const { numerator: p, denominator: q } = exponent;
  for (let prime = 2n; prime * prime <= rest && prime < 1000n; prime++) {
    let count = 0n;
    while (rest % prime === 0n) {
      rest /= prime;
      count++;
    }
    outside *= prime ** ((count / q) * p);
    inside *= prime ** (count % q);
  }
  const root = exactRoot(rest, q);
  if (root !== undefined) return { outside: outside * root ** p, inside };
  return { outside, inside: inside * rest };
}

/** The whole number whose q-th power is n; undefined if there is none. */
export function exactRoot(n: bigint, q: bigint): bigint | undefined {
  if (n === 1n) return 1n;
  if (n > 1n << 1000n) return undefined;
  const guess = BigInt(Math.round(Number(n) ** (1 / Number(q))));
  return guess ** q === n ? guess : undefined;
}
