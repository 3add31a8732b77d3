import type { Factor, Sum, TensorNode } from "../ir/node.ts";
import { axes, einsum, numberOf, times } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { asProduct } from "../ir/rebuild.ts";
import { require, type Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";

/** Longest quotient that is sought. */
const QUOTIENT_TERMS = 16;

/** A polynomial in atoms (variables, functions, anything): exponents by atom, to a coefficient. */
interface Monomial {
  readonly coefficient: Q.Rational;
  readonly exponents: ReadonlyMap<number, number>;
}

/** n^p·d^−q with one polynomial divided by the other, where the division is exact: (x^2 − 1)/(x − 1) = x + 1. */
export function cancelPolynomials(store: Store, node: TensorNode): TensorNode | undefined {
  if (node.kind !== "product" || node.bound.length > 0) return undefined;
  const sums = node.factors.filter((factor) => factor.node.kind === "sum" && Q.isInteger(factor.power));
  for (const large of sums) {
    for (const small of sums) {
      if (large === small || Q.isNegative(large.power) === Q.isNegative(small.power)) continue;
      if (large.indices.join() !== small.indices.join()) continue;
      const quotient = divideSums(store, large.node as Sum, small.node as Sum);
      if (quotient === undefined) continue;
      const divisor = Q.isNegative(large.power) ? large : small;
      if (Q.equals(divisor.power, Q.minusOne)) require(store, divisor.node, "~=", 0);
      // large = quotient·small, so large^p·small^q = quotient·large^(p∓1)·small^(q±1).
      const one = Q.isNegative(large.power) ? Q.minusOne : Q.one;
      const others: readonly Factor[] = node.factors.filter((factor) => factor !== large && factor !== small);
      const factors = [
        ...others,
        { ...large, power: Q.subtract(large.power, one) },
        { ...small, power: Q.add(small.power, one) },
        { node: quotient, indices: large.indices, power: one },
      ];
      return einsum(store, node.coefficient, factors, axes(node.dims.length), node.dims);
    }
  }
  return undefined;
}

/** The exact quotient of two polynomials, by long division; undefined if there is a remainder. */
function divideSums(store: Store, dividend: Sum, divisor: Sum): TensorNode | undefined {
  const atoms = new Map<number, TensorNode>();
  const [start, by] = [toPolynomial(dividend, atoms), toPolynomial(divisor, atoms)];
  if (start === undefined || by === undefined) return undefined;
  const lead = leading(by);
  let rest = start;
  const quotient: Monomial[] = [];
  while (rest.length > 0) {
    const top = leading(rest);
    const exponents = new Map(top.exponents);
    for (const [atom, power] of lead.exponents) {
      const left = (exponents.get(atom) ?? 0) - power;
      if (left < 0) return undefined;
      if (left === 0) exponents.delete(atom);
      else exponents.set(atom, left);
    }
    const term: Monomial = { coefficient: Q.divide(top.coefficient, lead.coefficient), exponents };
    if (quotient.push(term) > QUOTIENT_TERMS) return undefined;
    rest = subtractMultiple(rest, by, term);
  }
  const terms = quotient.map(({ coefficient, exponents }) => {
    const factors = [...exponents].map(([atom, power]) => [atoms.get(atom)!, Q.rational(power)] as const);
    return { coefficient, node: times(store, dividend.dims, ...factors) };
  });
  return sum(store, terms, dividend.dims);
}

/** The terms of a sum as monomials; undefined where a power is no natural number, or an index is contracted. */
function toPolynomial(node: Sum, atoms: Map<number, TensorNode>): readonly Monomial[] | undefined {
  const monomials: Monomial[] = [];
  for (const term of node.terms) {
    const value = numberOf(term.node);
    const exponents = new Map<number, number>();
    for (const { node: atom, power, indices } of value === undefined ? asProduct(term.node).factors : []) {
      const whole = Q.isInteger(power) && !Q.isNegative(power) && atom.kind !== "sum";
      const elementwise =
        indices.length === 0 ? atom.dims.length === 0 : indices.every((index, k) => index === k);
      if (!whole || !elementwise || indices.length > node.dims.length) return undefined;
      atoms.set(atom.id, atom);
      exponents.set(atom.id, Number(power.numerator));
    }
    monomials.push({ coefficient: Q.multiply(term.coefficient, value ?? Q.one), exponents });
  }
  return monomials;
}

/** The monomial that is first in lexicographic order of its exponents. */
const leading = (polynomial: readonly Monomial[]): Monomial =>
  polynomial.reduce((first, other) => (compareMonomials(other, first) > 0 ? other : first));

function compareMonomials(a: Monomial, b: Monomial): number {
  const atoms = [...new Set([...a.exponents.keys(), ...b.exponents.keys()])].sort((x, y) => x - y);
  for (const atom of atoms) {
    const difference = (a.exponents.get(atom) ?? 0) - (b.exponents.get(atom) ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const keyOf = ({ exponents }: Monomial): string =>
  [...exponents].sort(([x], [y]) => x - y).map(([atom, power]) => `${atom}^${power}`).join(" "); // prettier-ignore

function subtractMultiple(
  from: readonly Monomial[],
  polynomial: readonly Monomial[],
  by: Monomial,
): readonly Monomial[] {
  const result = new Map(from.map((monomial) => [keyOf(monomial), monomial]));
  for (const { coefficient, exponents } of polynomial) {
    const product = new Map(exponents);
    for (const [atom, power] of by.exponents) product.set(atom, (product.get(atom) ?? 0) + power);
    const monomial: Monomial = { coefficient: Q.multiply(coefficient, by.coefficient), exponents: product };
    const key = keyOf(monomial);
    const left = Q.subtract(result.get(key)?.coefficient ?? Q.zero, monomial.coefficient);
    if (Q.isZero(left)) result.delete(key);
    else result.set(key, { ...monomial, coefficient: left });
  }
  return [...result.values()];
}
