import type { ElementwiseName } from "../rules/elementwise.ts";
import * as Q from "./rational.ts";

const bool = (value: boolean): Q.Rational => (value ? Q.one : Q.zero);
const floor = (a: Q.Rational): Q.Rational => {
  const quotient = a.numerator / a.denominator;
  return Q.rational(Q.isNegative(a) && quotient * a.denominator !== a.numerator ? quotient - 1n : quotient);
};

type Exact = (x: Q.Rational, y: Q.Rational) => Q.Rational | undefined;

/** at(argument, value): f(argument) = value, and nothing else is known. */
const at =
  (argument: number, value: Q.Rational): Exact =>
  (x) => (Q.equals(x, Q.rational(argument)) ? value : undefined); // prettier-ignore

/** What is known of functions of rational numbers without rounding. */
const exact: { readonly [N in ElementwiseName]?: Exact } = {
  abs: (x) => Q.absolute(x),
  sign: (x) => Q.rational(Q.sign(x)),
  relu: (x) => (Q.isNegative(x) ? Q.zero : x),
  floor: (x) => floor(x),
  ceil: (x) => Q.negate(floor(Q.negate(x))),
  exp: at(0, Q.one),
  expm1: at(0, Q.zero),
  log: at(1, Q.zero),
  log1p: at(0, Q.zero),
  log2: at(1, Q.zero),
  log10: at(1, Q.zero),
  sin: at(0, Q.zero),
  cos: at(0, Q.one),
  tan: at(0, Q.zero),
  asin: at(0, Q.zero),
  acos: at(1, Q.zero),
  atan: at(0, Q.zero),
  sinh: at(0, Q.zero),
  cosh: at(0, Q.one),
  tanh: at(0, Q.zero),
  asinh: at(0, Q.zero),
  acosh: at(1, Q.zero),
  atanh: at(0, Q.zero),
  sigmoid: at(0, Q.half),
  erf: at(0, Q.zero),
  erfc: at(0, Q.one),
  maximum: (x, y) => (Q.compare(x, y) < 0 ? y : x),
  minimum: (x, y) => (Q.compare(x, y) > 0 ? y : x),
  hypot: (x, y) => (Q.isZero(x) ? Q.absolute(y) : Q.isZero(y) ? Q.absolute(x) : undefined),
  equal: (x, y) => bool(Q.equals(x, y)),
  notEqual: (x, y) => bool(!Q.equals(x, y)),
  less: (x, y) => bool(Q.compare(x, y) < 0),
  lessEqual: (x, y) => bool(Q.compare(x, y) <= 0),
  greater: (x, y) => bool(Q.compare(x, y) > 0),
  greaterEqual: (x, y) => bool(Q.compare(x, y) >= 0),
};

/** The value of an operator on known numbers, if it is rational and known. */
export function evaluateExactly(
  name: ElementwiseName,
  operands: readonly (Q.Rational | undefined)[],
): Q.Rational | undefined {
  const rule = exact[name];
  if (rule === undefined || operands.includes(undefined)) return undefined;
  return rule(operands[0]!, operands[1] ?? Q.zero);
}
