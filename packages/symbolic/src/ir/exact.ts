import type { ElementwiseName } from "../rules/elementwise.ts";
import * as Q from "./rational.ts";

const bool = (value: boolean): Q.Rational => (value ? Q.one : Q.zero);
const floor = (a: Q.Rational): Q.Rational => {
  const quotient = a.numerator / a.denominator;
  return Q.rational(Q.isNegative(a) && quotient * a.denominator !== a.numerator ? quotient - 1n : quotient);
};

function cubeRoot(a: Q.Rational): Q.Rational | undefined {
  const [over, under] = [Q.absolute(a).numerator, a.denominator].map((n) =>
    n === 0n ? 0n : Q.exactRoot(n, 3n),
  );
  if (over === undefined || under === undefined) return undefined;
  return Q.rational(Q.isNegative(a) ? -over : over, under);
}

type Exact = (x: Q.Rational, y: Q.Rational) => Q.Rational | undefined;

/** at(argument, value): f(argument) = value, and nothing else is known. */
const at =
  (argument: number, value: Q.Rational): Exact =>
  (x) => (Q.equals(x, Q.rational(argument)) ? value : undefined); // prettier-ignore

/** What is known of functions of rational numbers without rounding. */
const exact: { readonly [N in ElementwiseName]?: Exact } = {
  abs: (x) => Q.absolute(x),
  sign: (x) => Q.rational(Q.sign(x)),
  cbrt: (x) => cubeRoot(x),
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

const inside =
  (least: Q.Rational, most: Q.Rational) =>
  (x: Q.Rational): boolean =>
    Q.compare(x, least) >= 0 && Q.compare(x, most) <= 0;
const above =
  (least: Q.Rational) =>
  (x: Q.Rational): boolean =>
    Q.compare(x, least) > 0;
const notAPole = (x: Q.Rational): boolean => !Q.isInteger(x) || Q.compare(x, Q.zero) > 0;

/** Where functions have real values, and how that is said. */
const domains: { readonly [N in ElementwiseName]?: readonly [needs: string, contains: (x: Q.Rational) => boolean] } = {
  log: ["a positive operand", above(Q.zero)],
  log2: ["a positive operand", above(Q.zero)],
  log10: ["a positive operand", above(Q.zero)],
  log1p: ["an operand above -1", above(Q.minusOne)],
  asin: ["an operand from -1 to 1", inside(Q.minusOne, Q.one)],
  acos: ["an operand from -1 to 1", inside(Q.minusOne, Q.one)],
  acosh: ["an operand of 1 or more", (x) => Q.compare(x, Q.one) >= 0],
  atanh: ["an operand between -1 and 1", (x) => Q.compare(Q.absolute(x), Q.one) < 0],
  lgamma: ["an operand that is not 0, -1, -2, …", notAPole],
  digamma: ["an operand that is not 0, -1, -2, …", notAPole],
}; // prettier-ignore

/** What a function needs that this number is not; undefined where the function has a value. */
export function unmetNeed(name: ElementwiseName, x: Q.Rational): string | undefined {
  const domain = domains[name];
  return domain === undefined || domain[1](x) ? undefined : domain[0];
}
