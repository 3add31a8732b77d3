import type { Dimension, Factor, TensorNode, Term } from "../ir/node.ts";
import { axes, einsum, times } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { asProduct } from "../ir/rebuild.ts";
import { quietly, type Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";

/** What stands in some terms of a sum, to the powers that are to be taken out. */
export type CommonFactors = readonly (readonly [node: TensorNode, power: Q.Rational])[];

/**
 * Which power of each elementwise factor is taken out of some terms: the lowest that occurs, so that terms with
 * denominators get a common one; or `inEvery` only what stands in every term.
 */
export function commonFactors(
  terms: readonly Term[],
  { inEvery = false }: { readonly inEvery?: boolean } = {},
): CommonFactors {
  const powers = new Map<TensorNode, Q.Rational[]>();
  for (const term of terms) {
    for (const { node, power } of elementwiseFactors(term.node)) {
      // δ has zeros, so nothing is divided by it.
      if (node.kind === "delta") continue;
      const found = powers.get(node);
      if (found === undefined) powers.set(node, [power]);
      else found.push(power);
    }
  }
  return [...powers].flatMap(([node, found]) => {
    const everywhere = found.length === terms.length;
    if (inEvery && !everywhere) return [];
    const least = found.reduce(Q.minimum);
    const power = inEvery ? nearestToZero(least, found.reduce(Q.maximum)) : least;
    return (everywhere || Q.isNegative(least)) && !Q.isZero(power) ? [[node, power] as const] : [];
  });
}

/** What all powers between two have in common, without a fraction. */
const nearestToZero = (least: Q.Rational, most: Q.Rational): Q.Rational =>
  Q.isNegative(most) ? most : Q.isNegative(least) ? Q.zero : least;

export const areEqual = (some: CommonFactors, others: CommonFactors): boolean =>
  some.length === others.length &&
  some.every(([node, power], k) => node === others[k]![0] && Q.equals(power, others[k]![1]));

/** Σ terms/g. It is going to be multiplied by g again, so no condition arises. */
export const dividedBy = (
  store: Store,
  terms: readonly Term[],
  dims: readonly Dimension[],
  common: CommonFactors,
): TensorNode =>
  quietly(store, () =>
    sum(
      store,
      terms.map((term) => ({ ...term, node: dividedTerm(store, term.node, dims, common) })),
      dims,
    ),
  );

/** The powers of what the term has among its factors are lowered there, so that nothing has to be found and merged. */
function dividedTerm(
  store: Store,
  term: TensorNode,
  dims: readonly Dimension[],
  common: CommonFactors,
): TensorNode {
  const { coefficient, factors } = asProduct(term);
  const left = new Map(common);
  const lowered = factors.map((factor) => {
    const power = isElementwise(factor, dims.length) ? left.get(factor.node) : undefined;
    if (power === undefined) return factor;
    left.delete(factor.node);
    return { ...factor, power: Q.subtract(factor.power, power) };
  });
  const out = axes(dims.length);
  const under = [...left].map(([node, power]) => ({
    node,
    indices: node.dims.length === 0 ? [] : out,
    power: Q.negate(power),
  }));
  return einsum(store, coefficient, [...lowered, ...under], out, dims);
}

/** g·quotient */
export const multipliedBy = (
  store: Store,
  quotient: TensorNode,
  dims: readonly Dimension[],
  common: CommonFactors,
): TensorNode => times(store, dims, quotient, ...common);

/** g·Σ(terms/g); undefined if there is nothing to take out. */
export const takenOut = (
  store: Store,
  terms: readonly Term[],
  dims: readonly Dimension[],
  common: CommonFactors,
): TensorNode | undefined =>
  common.length === 0 ? undefined : multipliedBy(store, dividedBy(store, terms, dims, common), dims, common);

/** The factors that have exactly the indices of the result: they multiply elementwise. */
export function elementwiseFactors(node: TensorNode): readonly Factor[] {
  const { factors, dims } = asProduct(node);
  return factors.filter((factor) => isElementwise(factor, dims.length));
}

const isElementwise = ({ node, indices }: Factor, rank: number): boolean =>
  indices.length === 0 ||
  // Nothing is divided by an identity, which has zeros.
  (node.kind !== "delta" &&
    node.kind !== "merge" &&
    indices.length === rank &&
    indices.every((index, k) => index === k));
