import type { Dimension, Factor, Sum, TensorNode, Term } from "../ir/node.ts";
import { axes, einsum, times } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { asProduct } from "../ir/rebuild.ts";
import { cancelPolynomials } from "./divide.ts";
import { tryExpansion } from "./expand.ts";
import { adopt, apart, quietly, type Conditional, type Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";
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
  let expanded: Conditional<TensorNode | undefined> | undefined;
  const multipliedOut = (): TensorNode | undefined => {
    expanded ??= apart(store, () => takeOutScalars(store, node.terms, node.dims, { expanded: true }));
    adopt(store, expanded.conditions);
    return expanded.result;
  };
  return [
    () => takeOutScalars(store, node.terms, node.dims),
    () => takeOutScalars(store, node.terms, node.dims, { shared: true }),
    multipliedOut,
    () => {
      const quotient = multipliedOut();
      return quotient && cancelPolynomials(store, quotient);
    },
    ...shared
      .filter(({ base, terms }) => isScalarFactor(terms, base))
      .slice(0, GROUPING_LIMIT)
      .map(({ base, terms }) => () => {
        const rest = node.terms.filter((term) => !terms.includes(term));
        const grouped = takeOutScalars(store, terms, node.dims, { only: base });
        return grouped && sum(store, [...rest, { coefficient: Q.one, node: grouped }], node.dims);
      }),
    ...tensorFactorings(store, node),
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
    const cleared = takeOutScalars(store, factor.node.terms, factor.node.dims);
    if (cleared === undefined) return factor;
    changed = true;
    return { ...factor, node: cleared };
  });
  return changed ? einsum(store, node.coefficient, factors, axes(node.dims.length), node.dims) : undefined;
}

const isScalarFactor = (terms: readonly Term[], base: TensorNode): boolean =>
  base.dims.length === 0 ||
  terms.every((term) => elementwiseFactors(term.node).some((factor) => factor.node === base));

/** The factors that have exactly the indices of the result: they multiply elementwise. */
const elementwiseFactors = (node: TensorNode): readonly Factor[] => {
  const { factors, dims } = asProduct(node);
  return factors.filter(
    (factor) =>
      factor.indices.length === 0 ||
      // Nothing is divided by an identity, which has zeros.
      (factor.node.kind !== "delta" &&
        factor.node.kind !== "merge" &&
        factor.indices.length === dims.length &&
        factor.indices.every((index, k) => index === k)),
  );
};

interface TakeOut {
  /** The only factor to take out. */
  readonly only?: TensorNode;
  /** Whether only what stands in every term is taken out, so that no term is put over a common denominator. */
  readonly shared?: boolean;
  /** Whether what is left is multiplied out. */
  readonly expanded?: boolean;
}

/** g·Σ(terms/g), where g holds each elementwise factor (or `only` one) to the lowest power that occurs. */
function takeOutScalars(
  store: Store,
  terms: readonly Term[],
  dims: readonly Dimension[],
  { only, shared = false, expanded = false }: TakeOut = {},
): TensorNode | undefined {
  const powers = new Map<number, { readonly node: TensorNode; readonly found: Q.Rational[] }>();
  for (const term of terms) {
    for (const { node, power } of elementwiseFactors(term.node)) {
      // δ has zeros, so nothing is divided by it.
      if (node.kind === "delta") continue;
      const known = powers.get(node.id) ?? { node, found: [] };
      known.found.push(power);
      powers.set(node.id, known);
    }
  }
  const common = [...powers.values()]
    .map(({ node, found }) => {
      const everywhere = found.length === terms.length;
      const [least, most] = [found.reduce(Q.minimum), found.reduce(Q.maximum)];
      const nearest = Q.isNegative(most) ? most : Q.isNegative(least) ? Q.zero : least;
      if (shared) return { node, power: everywhere ? nearest : Q.zero };
      return { node, power: everywhere || Q.isNegative(least) ? least : Q.zero };
    })
    .filter(({ node, power }) => !Q.isZero(power) && (only === undefined || node === only));
  if (common.length === 0) return undefined;
  // Dividing by g and multiplying by it again changes nothing, so no condition arises.
  const inner = quietly(store, () => {
    const divided = terms.map((term) => ({
      coefficient: term.coefficient,
      node: times(store, dims, term.node, ...common.map(({ node, power }) => [node, Q.negate(power)] as const)), // prettier-ignore
    }));
    const left = sum(store, divided, dims);
    return expanded ? (tryExpansion(store, left) ?? left) : left;
  });
  return times(store, dims, inner, ...common.map(({ node, power }) => [node, power] as const));
}
