import type { Sum, TensorNode, Term } from "../ir/node.ts";
import { axes, einsum } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { asProduct } from "../ir/rebuild.ts";
import { once } from "../once.ts";
import { cancelPolynomials } from "./divide.ts";
import { tryExpansion } from "./expand.ts";
import { quietly, type Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";
import { areEqual, commonFactors, dividedBy, elementwiseFactors, multipliedBy, takenOut, type CommonFactors } from "./common-factors.ts"; // prettier-ignore
import { tensorFactorings } from "./factor-tensor.ts";

/** Most ways of grouping that are tried on one sum. */
const GROUPING_LIMIT = 12;

/** Ways to make sums that equal this one, with common factors taken out of all terms or of some. */
export function factorings(store: Store, node: Sum): readonly (() => TensorNode | undefined)[] {
  const groups = new Map<number, { base: TensorNode; terms: Term[] }>();
  for (const term of node.terms) {
    for (const base of new Set(asProduct(term.node).factors.map((factor) => factor.node))) {
      const group = groups.get(base.id) ?? { base, terms: [] };
      group.terms.push(term);
      groups.set(base.id, group);
    }
  }
  const shared = [...groups.values()].filter(
    ({ base, terms }) =>
      terms.length > 1 &&
      base.kind !== "delta" &&
      (terms.length === node.terms.length || !isHorner(base, terms)),
  );
  shared.sort((a, b) => b.terms.length - a.terms.length);
  const lowest = commonFactors(node.terms);
  return [
    ...overCommonFactors(store, node, lowest),
    ...shared
      .filter(({ base, terms }) => isScalarFactor(terms, base))
      .slice(0, GROUPING_LIMIT)
      .map(({ base, terms }) => () => {
        const rest = node.terms.filter((term) => !terms.includes(term));
        const common = commonFactors(terms).filter(([factor]) => factor === base);
        if (rest.length === 0 && areEqual(common, lowest)) return undefined;
        const grouped = takenOut(store, terms, node.dims, common);
        return grouped && sum(store, [...rest, { coefficient: Q.one, node: grouped }], node.dims);
      }),
    ...tensorFactorings(store, node),
  ];
}

/** g·Σ(terms/g) for the factors g that are common to all terms, and what is left multiplied out. */
function overCommonFactors(
  store: Store,
  node: Sum,
  lowest: CommonFactors,
): readonly (() => TensorNode | undefined)[] {
  if (lowest.length === 0) return [];
  const inEvery = commonFactors(node.terms, { inEvery: true });
  const divided = once(() => dividedBy(store, node.terms, node.dims, lowest));
  const expanded = once(() => quietly(store, () => tryExpansion(store, divided()) ?? divided()));
  const times = (quotient: TensorNode): TensorNode => multipliedBy(store, quotient, node.dims, lowest);
  return [
    () => times(divided()),
    () => (areEqual(lowest, inEvery) ? undefined : takenOut(store, node.terms, node.dims, inEvery)),
    () => (expanded() === divided() ? undefined : times(expanded())),
    () => cancelPolynomials(store, times(expanded())),
  ];
}

/** Whether taking the variable out of these terms leaves it inside: nobody writes x*(x + 10) + 20 for x^2 + 10*x + 20. */
function isHorner(base: TensorNode, terms: readonly Term[]): boolean {
  if (base.kind !== "variable" || base.dims.length > 0) return false;
  const powers = terms.map(
    (term) => asProduct(term.node).factors.find((factor) => factor.node === base)!.power,
  );
  return powers.some((power) => !Q.equals(power, powers[0]!)) && !powers.some(Q.isNegative);
}

/** The product with the common powers of each of its sums outside: 1/(1 + 1/x^2) becomes x^2/(x^2 + 1). */
export function clearSums(store: Store, node: TensorNode): TensorNode | undefined {
  if (node.kind !== "product") return undefined;
  let changed = false;
  const factors = node.factors.map((factor) => {
    if (factor.node.kind !== "sum") return factor;
    const cleared = takenOut(store, factor.node.terms, factor.node.dims, commonFactors(factor.node.terms));
    if (cleared === undefined) return factor;
    changed = true;
    return { ...factor, node: cleared };
  });
  return changed ? einsum(store, node.coefficient, factors, axes(node.dims.length), node.dims) : undefined;
}

const isScalarFactor = (terms: readonly Term[], base: TensorNode): boolean =>
  base.dims.length === 0 ||
  terms.every((term) => elementwiseFactors(term.node).some((factor) => factor.node === base));
