import { FluxionError } from "@fluxion/core";
import type { Factor } from "./node.ts";
import { number, type Draft } from "./product.ts";
import * as Q from "./rational.ts";
import type { Store } from "./store.ts";

/** Whether value^power is a root that stays as it is, such as √6. */
export const isSurd = (value: Q.Rational, power: Q.Rational): boolean =>
  Q.isInteger(value) &&
  Q.compare(value, Q.one) > 0 &&
  Q.compare(power, Q.one) < 0 &&
  Q.compare(power, Q.zero) > 0 &&
  isReduced(value, power);

const isReduced = (value: Q.Rational, power: Q.Rational): boolean => {
  const { outside, inside } = Q.extractRoot(value.numerator, power);
  return outside === 1n && inside === value.numerator;
};

/** Multiplies the draft by value^power exactly: the rational part into the coefficient, what is left as roots. */
export function multiplyPower(
  store: Store,
  draft: Draft,
  value: Q.Rational,
  power: Q.Rational,
): readonly Factor[] {
  if (Q.isOne(value)) return [];
  const whole = floor(power);
  const fraction = Q.subtract(power, Q.rational(whole));
  if (Q.isZero(value)) {
    if (Q.isNegative(power)) throw notReal(value, power);
    draft.coefficient = Q.zero;
    return [];
  }
  if (Q.isNegative(value) && !Q.isZero(fraction)) throw notReal(value, power);
  const rational = Q.power(value, whole);
  if (rational === undefined) throw tooLong(value, power);
  draft.coefficient = Q.multiply(draft.coefficient, rational);
  if (Q.isZero(fraction)) return [];
  const { numerator: a, denominator: b } = value;
  draft.coefficient = Q.divide(draft.coefficient, Q.rational(b));
  // √(a/b) = √(a·b) / b, and in general (a/b)^r = a^r · b^(1−r) / b.
  if (Q.equals(fraction, Q.half)) return root(store, draft, a * b, fraction);
  return [...root(store, draft, a, fraction), ...root(store, draft, b, Q.subtract(Q.one, fraction))];
}

function root(store: Store, draft: Draft, value: bigint, fraction: Q.Rational): readonly Factor[] {
  const { outside, inside } = Q.extractRoot(value, fraction);
  draft.coefficient = Q.multiply(draft.coefficient, Q.rational(outside));
  return inside === 1n ? [] : [{ node: number(store, Q.rational(inside)), indices: [], power: fraction }];
}

const floor = (a: Q.Rational): bigint => {
  const quotient = a.numerator / a.denominator;
  return a.numerator < 0n && quotient * a.denominator !== a.numerator ? quotient - 1n : quotient;
};

/** A power that no real number has. */
const notReal = (base: Q.Rational, exponent: Q.Rational): FluxionError =>
  new FluxionError(
    "DOMAIN",
    Q.isZero(base)
      ? `Division by zero: 0 to the power ${Q.keyOf(exponent)} has no value. Something in a denominator is exactly 0.`
      : `${Q.keyOf(base)} to the power ${Q.keyOf(exponent)} is not a real number. A root needs an operand of 0 or more; the cube root of any number is cbrt.`,
  );

/** A power that would have too many digits. */
const tooLong = (base: Q.Rational, exponent: Q.Rational): FluxionError =>
  new FluxionError(
    "LIMIT",
    `${Q.keyOf(base)} to the power ${Q.keyOf(exponent)} has too many digits to be kept exact.`,
  );
