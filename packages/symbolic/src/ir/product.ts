import { spend } from "../effort.ts";
import { factorKey, label, precedes, type Labelled } from "./canonical.ts";
import { combineFactors } from "./combine.ts";
import { mergeDangling } from "./dangling.ts";
import { connectedParts } from "./parts.ts";
import { joinMerges } from "./merges.ts";
import { ordersOf } from "./commuting.ts";
import { joinExponentials } from "./exponential.ts";
import { flattenFactors } from "./flatten.ts";
import { joinDeltas } from "./deltas.ts";
import { lengthNode } from "./dimension.ts";
import { sumProbabilities } from "./probability.ts";
import type { Dimension, Dimensions, Factor, Product, TensorNode } from "./node.ts";
import * as Q from "./rational.ts";
import { adopt, apart, dimensionKey, type Store } from "./store.ts";
import { mapTerms, onlyFactor, productNode, withCoefficient } from "./sum.ts";

/** A factor as callers write it: any index numbers, power 1 unless given. */
export interface LooseFactor {
  readonly node: TensorNode;
  readonly indices: readonly number[];
  readonly power?: Q.Rational;
}

/** A product under construction; `combine.ts` and `flatten.ts` rewrite it until nothing changes. */
export interface Draft {
  coefficient: Q.Rational;
  factors: Factor[];
  /** Length of every index in use, free or bound. */
  readonly extent: Map<number, Dimension>;
  readonly out: readonly number[];
  nextIndex: number;
}

/** The indices 0 … rank−1. */
export const axes = (rank: number): readonly number[] =>
  (AXES[rank] ??= Array.from({ length: rank }, (_, k) => k));

const AXES: (readonly number[])[] = [];

/** A number, the same at every position of an array of shape `dims`. */
export const number = (store: Store, value: Q.Rational, dims: Dimensions = []): TensorNode =>
  productNode(store, value, [], [], dims, "");

/** The value of a node that is nothing but a number. */
export const numberOf = (node: TensorNode): Q.Rational | undefined =>
  node.kind === "product" && node.factors.length === 0 ? node.coefficient : undefined;

export const isZeroNode = (node: TensorNode): boolean => {
  const value = numberOf(node);
  return value !== undefined && Q.isZero(value);
};

/** coefficient · node */
export const scale = (store: Store, coefficient: Q.Rational, node: TensorNode): TensorNode =>
  Q.isOne(coefficient)
    ? node
    : einsum(
        store,
        coefficient,
        [{ node, indices: axes(node.dims.length) }],
        axes(node.dims.length),
        node.dims,
      );

/** The elementwise product of nodes of one shape, each to a power. */
export const times = (
  store: Store,
  dims: Dimensions,
  ...factors: readonly (TensorNode | readonly [TensorNode, Q.Rational])[]
): TensorNode => {
  const out = axes(dims.length);
  const loose = factors.map((factor) => {
    const [node, power] = "length" in factor ? factor : [factor, Q.one];
    return { node, power, indices: node.dims.length === 0 ? [] : out };
  });
  return einsum(store, Q.one, loose, out, dims);
};

/** node^exponent, elementwise. */
export const powerOf = (store: Store, node: TensorNode, exponent: Q.Rational): TensorNode =>
  times(store, node.dims, [node, exponent]);

/**
 * coefficient · Σ Π factors, summed over every index that is not in `out`, in normal form.
 *
 * An index of `out` that no factor has is one along which the result is constant.
 */
export function einsum(
  store: Store,
  coefficient: Q.Rational,
  factors: readonly LooseFactor[],
  out: readonly number[],
  outDims: Dimensions,
): TensorNode {
  let key = `${Q.keyOf(coefficient)} ${out.join(",")} ${outDims.map(dimensionKey).join(",")}`;
  for (const { node, indices, power } of factors)
    key += ` ${node.id}(${indices.join(",")})${power === undefined ? "" : Q.keyOf(power)}`;
  const known = store.products.get(key);
  // A product that holds under a condition has to note it each time.
  if (known !== undefined) {
    adopt(store, known.conditions);
    return known.result;
  }
  const made = apart(store, () => multiplyOut(store, coefficient, factors, out, outDims));
  store.products.set(key, made);
  adopt(store, made.conditions);
  return made.result;
}

function multiplyOut(
  store: Store,
  coefficient: Q.Rational,
  factors: readonly LooseFactor[],
  out: readonly number[],
  outDims: Dimensions,
): TensorNode {
  if (out.length === 0 && factors.every((factor) => factor.indices.length === 0))
    return scalarProduct(store, coefficient, factors);
  const extent = new Map<number, Dimension>();
  for (const { node, indices } of factors) indices.forEach((index, k) => extent.set(index, node.dims[k]!));
  out.forEach((index, k) => extent.set(index, outDims[k]!));
  const draft = draftOf(coefficient, factors, extent, out);
  do {
    flattenFactors(store, draft);
    spend(2 + draft.factors.length ** 2 / 8);
    // What now stands at equal indices can be taken apart further.
    if (joinDeltas(store, draft)) flattenFactors(store, draft);
    if (Q.isZero(draft.coefficient)) return number(store, Q.zero, outDims);
  } while (
    joinMerges(store, draft) ||
    joinExponentials(store, draft) ||
    combineFactors(store, draft) ||
    sumProbabilities(draft) ||
    sumUnused(store, draft) ||
    splitClosed(store, draft) ||
    mergeDangling(store, draft)
  );
  return finish(store, draft, outDims);
}

const draftOf = (
  coefficient: Q.Rational,
  factors: readonly LooseFactor[],
  extent: Map<number, Dimension>,
  out: readonly number[],
): Draft => ({
  coefficient,
  factors: factors.map(({ node, indices, power = Q.one }) => ({ node, indices, power })),
  extent,
  out,
  nextIndex: Math.max(0, ...extent.keys()) + 1,
});

/** A product of scalars: no indices to rename, to sum over or to label. */
function scalarProduct(store: Store, coefficient: Q.Rational, factors: readonly LooseFactor[]): TensorNode {
  const draft = draftOf(coefficient, factors, new Map(), []);
  do {
    flattenFactors(store, draft);
    spend(2 + draft.factors.length ** 2 / 8);
    if (Q.isZero(draft.coefficient)) return number(store, Q.zero);
  } while (combineFactors(store, draft));
  return finish(store, draft, []);
}

/** Σ_i 1 is the length of i. */
function sumUnused(store: Store, draft: Draft): boolean {
  let changed = false;
  for (const [index, dimension] of draft.extent) {
    if (draft.out.includes(index) || draft.factors.some((factor) => factor.indices.includes(index))) continue;
    draft.extent.delete(index);
    if (typeof dimension === "number")
      draft.coefficient = Q.multiply(draft.coefficient, Q.rational(dimension));
    else draft.factors.push({ node: lengthNode(store, dimension), indices: [], power: Q.one });
    changed = true;
  }
  return changed;
}

/** Makes each part that shares no index with the rest, and none with the result, a scalar factor. */
function splitClosed(store: Store, draft: Draft): boolean {
  const isOpen = ({ indices }: Factor): boolean => indices.some((index) => draft.out.includes(index));
  if (draft.factors.every((factor) => factor.indices.length === 0 || isOpen(factor))) return false;
  const parts = connectedParts(draft.factors);
  const closed = parts.filter(
    (part) => part.indices.size > 0 && draft.out.every((index) => !part.indices.has(index)),
  );
  if (closed.length === 0) return false;
  if (closed.length === 1 && draft.out.length === 0 && closed[0]!.factors.length === draft.factors.length)
    return false;
  for (const part of closed) {
    draft.factors = draft.factors.filter((factor) => !part.factors.includes(factor));
    for (const index of part.indices) draft.extent.delete(index);
    draft.factors.push({ node: einsum(store, Q.one, part.factors, [], []), indices: [], power: Q.one });
  }
  return true;
}

function finish(store: Store, draft: Draft, dims: Dimensions): TensorNode {
  const { coefficient, factors, out } = draft;
  const only = factors.length === 1 ? factors[0]! : undefined;
  if (only !== undefined && Q.isOne(only.power)) {
    const { node, indices } = only;
    const isPermuted = indices.length === out.length && out.every((index) => indices.includes(index));
    // A closed part with nothing else around it: the multiple of that part.
    if (node.kind === "product" && out.length === 0) {
      return withCoefficient(store, node, Q.multiply(coefficient, node.coefficient));
    }
    if (node.kind === "sum" && isPermuted) {
      const positions = indices.map((index) => out.indexOf(index));
      const identity = positions.every((position, k) => position === k);
      return identity && Q.isOne(coefficient) ? node : mapTerms(store, coefficient, node, positions, dims);
    }
  }
  const scalars = out.length === 0 && draft.extent.size === 0;
  const labelled = scalars ? inOrder(factors) : labelOrdered(store, factors, out, draft.extent);
  const bare = Q.isOne(coefficient) ? onlyFactor(labelled.factors, dims.length) : undefined;
  return bare ?? productNode(store, coefficient, labelled.factors, labelled.bound, dims, labelled.body);
}

/** The labelling with the least key among those that matrices which commute allow. */
const labelOrdered = (
  store: Store,
  factors: readonly Factor[],
  out: readonly number[],
  extent: ReadonlyMap<number, Dimension>,
): Labelled =>
  ordersOf(store, factors, out)
    .map((order) => label(order, out, extent))
    .reduce((best, candidate) => (precedes(candidate, best) ? candidate : best));

/** Scalar factors by age. */
function inOrder(factors: readonly Factor[]): Labelled {
  const sorted = [...factors].sort((a, b) => a.node.id - b.node.id || Q.compare(a.power, b.power));
  return { factors: sorted, bound: [], body: sorted.map(factorKey).join(" ") };
}

/** A tensor with its axes in another order. */
export const permuted = (store: Store, node: TensorNode, order: readonly number[]): TensorNode =>
  einsum(store, Q.one, [{ node, indices: axes(order.length) }], order, order.map((axis) => node.dims[axis]!)); // prettier-ignore

/** A sum over indices that is a scalar. */
export const isClosedProduct = (node: Product): boolean => node.dims.length === 0 && node.bound.length > 0;
