import { elementwise } from "./elementwise.ts";
import { cancelInverses } from "./inverse.ts";
import type { Elementwise, Factor, TensorNode } from "./node.ts";
import { absorbOccurrences } from "./occurrence.ts";
import { number, numberOf, type Draft } from "./product.ts";
import * as Q from "./rational.ts";
import { isNonnegative, isPositive, isUnitSign } from "./sign.ts";
import { isSymmetric, require, type Store } from "./store.ts";
import { sum } from "./sum.ts";

/** Merges factors that are powers of one thing; true if the draft has to be taken apart again. */
export function combineFactors(store: Store, draft: Draft): boolean {
  const absorbed = absorbOccurrences(draft);
  const isApart = ({ node, power }: Factor): boolean =>
    node.kind !== "elementwise" && !Q.isZero(power) && !isUnitSign(node);
  if (draft.factors.every(isApart) && areDistinct(draft.factors))
    return cancelInverses(store, draft) || absorbed;
  const before = new Set(draft.factors);
  const groups = new Map<string, Factor[]>();
  for (const factor of draft.factors) {
    const key = groupKey(factor);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [factor]);
    else group.push(factor);
  }
  const merged = [...groups.values()].map((group) => reduceSign(mergePowers(store, group)));
  draft.factors = mergeFunctions(store, merged.filter((factor) => !Q.isZero(factor.power))); // prettier-ignore
  cancelInverses(store, draft);
  return (
    absorbed || draft.factors.length !== before.size || draft.factors.some((factor) => !before.has(factor))
  );
}

/** Whether no two factors are powers of one thing. */
const areDistinct = (factors: readonly Factor[]): boolean =>
  new Set(factors.map(({ node }) => node)).size === factors.length ||
  new Set(factors.map(groupKey)).size === factors.length;

/** s² = 1 for a sign s. */
const reduceSign = (factor: Factor): Factor =>
  isUnitSign(factor.node) && Q.isInteger(factor.power) && !Q.isOne(factor.power)
    ? { ...factor, power: Q.isEven(factor.power) ? Q.zero : Q.one }
    : factor;

const groupKey = ({ node, indices }: Factor): string =>
  indices.length === 0
    ? `${node.id}`
    : `${node.id}(${(isSymmetric(node) ? [...indices].sort((a, b) => a - b) : indices).join(",")})`;

/** x^a · x^b = x^(a+b), noting what the shorter form forgets. */
function mergePowers(store: Store, group: readonly Factor[]): Factor {
  const first = group[0]!;
  if (group.length === 1) return first;
  const power = group.map((factor) => factor.power).reduce(Q.add);
  const { node } = first;
  const hadPole = group.some((factor) => Q.isNegative(factor.power)) && !Q.isNegative(power);
  const hadRoot = group.some((factor) => !Q.isInteger(factor.power)) && Q.isInteger(power);
  if (numberOf(node) === undefined && !isPositive(node)) {
    if (hadRoot && !isNonnegative(node)) require(store, node, hadPole || Q.isZero(power) ? ">" : ">=", 0);
    else if (hadPole) require(store, node, "~=", 0);
  }
  return { ...first, power };
}

/** The laws of exp, pow, abs and sign on factors with the same indices. */
function mergeFunctions(store: Store, factors: readonly Factor[]): Factor[] {
  if (!factors.some((factor) => factor.node.kind === "elementwise")) return [...factors];
  return mergeSigns(store, mergeSymbolicPowers(store, mergeExponentials(store, factors.map(mergeCubeRoot))));
}

const isFunction = (factor: Factor, name: string): factor is Factor & { readonly node: Elementwise } =>
  factor.node.kind === "elementwise" && factor.node.name === name;

const groupBy = (factors: readonly Factor[]): readonly Factor[][] => {
  const groups = new Map<string, Factor[]>();
  for (const factor of factors) {
    const key = factor.indices.join(",");
    groups.set(key, [...(groups.get(key) ?? []), factor]);
  }
  return [...groups.values()];
};

/** cbrt(u)^3 = u for every real u; the reciprocal exists where it did before. */
function mergeCubeRoot(factor: Factor): Factor {
  if (!isFunction(factor, "cbrt") || !Q.isInteger(factor.power) || factor.power.numerator % 3n !== 0n)
    return factor;
  return { ...factor, node: factor.node.operands[0]!, power: Q.divide(factor.power, Q.rational(3)) };
}

/** exp(u)^p · exp(v)^q = exp(p·u + q·v) */
function mergeExponentials(store: Store, factors: readonly Factor[]): readonly Factor[] {
  const exponentials = factors.filter((factor) => isFunction(factor, "exp"));
  if (exponentials.length === 0) return factors;
  const result = factors.filter((factor) => !isFunction(factor, "exp"));
  for (const group of groupBy(exponentials)) {
    const first = group[0]!;
    if (group.length === 1 && Q.isOne(first.power)) {
      result.push(first);
      continue;
    }
    const terms = group.map((factor) => ({
      coefficient: factor.power,
      node: (factor.node as Elementwise).operands[0]!,
    }));
    const node = elementwise(store, "exp", [sum(store, terms, first.node.dims)]);
    result.push({ node, indices: first.indices, power: Q.one });
  }
  return result;
}

/** u^a · u^b = u^(a+b) where an exponent is an expression. */
function mergeSymbolicPowers(store: Store, factors: readonly Factor[]): readonly Factor[] {
  let result = [...factors];
  for (const factor of factors) {
    if (!result.includes(factor) || !isFunction(factor, "pow") || !Q.isInteger(factor.power)) continue;
    const base = factor.node.operands[0]!;
    const partners = result.filter(
      (other) =>
        (other.node === base ||
          (isFunction(other, "pow") && other.node.operands[0] === base && Q.isInteger(other.power))) &&
        other.indices.join(",") === factor.indices.join(","),
    );
    if (partners.length === 1 && Q.isOne(factor.power)) continue;
    const exponents = partners.map((other) =>
      other.node === base
        ? { coefficient: other.power, node: number(store, Q.one, base.dims) }
        : { coefficient: other.power, node: (other.node as Elementwise).operands[1]! },
    );
    const exponent = sum(store, exponents, base.dims);
    if (partners.length > 1 && numberOf(base) === undefined && !isPositive(base))
      require(store, base, "~=", 0);
    result = result.filter((other) => !partners.includes(other));
    const whole = numberOf(exponent);
    result.push(
      whole === undefined
        ? { node: elementwise(store, "pow", [base, exponent]), indices: factor.indices, power: Q.one }
        : { node: base, indices: factor.indices, power: whole },
    );
  }
  return result;
}

/** |u|² = u², u·sign(u) = |u|, |u|·sign(u) = u, and u/|u| = sign(u) where u ~= 0. */
function mergeSigns(store: Store, factors: readonly Factor[]): Factor[] {
  let result = [...factors];
  for (const factor of factors) {
    if (!isFunction(factor, "abs") && !isFunction(factor, "sign")) continue;
    const u = factor.node.operands[0]!;
    const same = (other: Factor): boolean => other.indices.join(",") === factor.indices.join(",");
    const powerOfNode = (matches: (other: Factor) => boolean): Q.Rational =>
      result
        .filter((other) => same(other) && matches(other))
        .reduce((total, other) => Q.add(total, other.power), Q.zero);
    const isAbs = (other: Factor): boolean => isFunction(other, "abs") && other.node.operands[0] === u;
    const isSign = (other: Factor): boolean => isFunction(other, "sign") && other.node.operands[0] === u;
    const isSelf = (other: Factor): boolean => other.node === u;
    const [a, s, p] = [powerOfNode(isAbs), powerOfNode(isSign), powerOfNode(isSelf)];
    if (!Q.isInteger(a) || !Q.isInteger(s) || !Q.isInteger(p)) continue;
    const simple = signNormalForm(a, s, p);
    if (Q.equals(simple.a, a) && Q.equals(simple.s, s) && Q.equals(simple.p, p)) continue;
    if (simple.excludesZero) require(store, u, "~=", 0);
    const { indices } = factor;
    result = result.filter((other) => !(same(other) && (isAbs(other) || isSign(other) || isSelf(other))));
    const push = (node: TensorNode, power: Q.Rational): void => {
      if (!Q.isZero(power)) result.push({ node, indices, power });
    };
    push(elementwise(store, "abs", [u]), simple.a);
    push(elementwise(store, "sign", [u]), simple.s);
    push(u, simple.p);
  }
  return result;
}

/** |u|^a · sign(u)^s · u^p with the fewest factors. */
function signNormalForm(
  a: Q.Rational,
  s: Q.Rational,
  p: Q.Rational,
): {
  readonly a: Q.Rational;
  readonly s: Q.Rational;
  readonly p: Q.Rational;
  readonly excludesZero: boolean;
} {
  // Away from 0 the product is u^(a+p) · sign(u)^(a+s).
  const total = Q.add(a, p);
  const odd = !Q.isEven(Q.add(a, s));
  // It is 0 at 0 when some factor is, and no factor is infinite there.
  const infinite = Q.isNegative(a) || Q.isNegative(p) || Q.isNegative(s);
  const vanishes = !infinite && !(Q.isZero(a) && Q.isZero(s) && Q.isZero(p));
  if (!odd) {
    // sign(u)² is 0 at 0, and u may be 0 on a whole interval, as in sign(relu(x))².
    if (vanishes && Q.isZero(total)) return { a: Q.zero, s: Q.two, p: Q.zero, excludesZero: false };
    return { a: Q.zero, s: Q.zero, p: total, excludesZero: infinite && !Q.isNegative(total) };
  }
  if (Q.isZero(total)) return { a: Q.zero, s: Q.one, p: Q.zero, excludesZero: infinite };
  // u^total · sign(u) = |u| · u^(total − 1) = u^(total + 1) / |u|
  if (Q.isNegative(total)) return { a: Q.minusOne, s: Q.zero, p: Q.add(total, Q.one), excludesZero: false };
  return { a: Q.one, s: Q.zero, p: Q.subtract(total, Q.one), excludesZero: infinite };
}
