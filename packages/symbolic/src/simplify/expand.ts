import type { Product, Sum, TensorNode } from "../ir/node.ts";
import { axes, einsum, type LooseFactor } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { rewrite } from "../ir/rebuild.ts";
import type { Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";

/** How far an expansion goes. */
interface Extent {
  /** The largest number of terms that it may have. */
  readonly terms: number;
  /** Which scalars are multiplied out inside: all, or x'*(y + z) but not (y + z)'*(y + z). */
  readonly scalars: "all" | "linear";
}

const everything: Extent = { terms: 400, scalars: "all" };

/** What is tried for the sake of cancellation: with scalars alone, with sums over indices, and with arrays. */
export const trial: Extent = { terms: 24, scalars: "all" };
const trialWithSums: Extent = { terms: 8, scalars: "all" };
const trialWithArrays: Extent = { terms: 8, scalars: "linear" };

/** A product or a sum multiplied out, if that may pay; undefined if it cannot be, or would become long. */
export function tryExpansion(store: Store, node: TensorNode): TensorNode | undefined {
  const extent = node.dims.length > 0 ? trialWithArrays : holdsArrays(node) ? trialWithSums : trial;
  return expandProduct(store, node, extent) ?? expandTerms(store, node, extent);
}

const holdsArrays = (node: TensorNode): boolean =>
  node.dims.length > 0 ||
  (node.kind === "product" &&
    (node.bound.length > 0 || node.factors.some((factor) => holdsArrays(factor.node)))) ||
  (node.kind === "sum" && node.terms.some((term) => holdsArrays(term.node)));

/** One product multiplied out over its sums; undefined if it has none, or would become too long. */
export function expandProduct(
  store: Store,
  node: TensorNode,
  extent: Extent = everything,
): TensorNode | undefined {
  if (node.kind !== "product") return undefined;
  const target = node.factors.find(
    (factor) => factor.node.kind === "sum" && Q.isInteger(factor.power) && !Q.isNegative(factor.power),
  );
  if (target === undefined) return expandScalars(store, node, extent);
  const { terms } = target.node as Sum;
  if (predictedTerms(node.factors) > extent.terms) return undefined;
  const others = node.factors.filter((factor) => factor !== target);
  const rest: LooseFactor = { ...target, power: Q.subtract(target.power, Q.one) };
  const expanded = terms.map((term) => {
    const factors = [...others, rest, { node: term.node, indices: target.indices }];
    const product = einsum(
      store,
      Q.multiply(node.coefficient, term.coefficient),
      factors,
      axes(node.dims.length),
      node.dims,
    );
    return {
      coefficient: Q.one,
      node: expandProduct(store, product, extent) ?? expandTerms(store, product, extent) ?? product,
    };
  });
  return sum(store, expanded, node.dims);
}

/** A product whose scalar factors x'*(y + z) are multiplied out inside; undefined if none can be. */
function expandScalars(store: Store, node: Product, extent: Extent): TensorNode | undefined {
  let changed = false;
  const factors = node.factors.map((factor) => {
    const fits = factor.node.dims.length === 0 && (extent.scalars === "all" || isLinear(factor.node));
    const inner = fits ? expandProduct(store, factor.node, extent) : undefined;
    changed ||= inner !== undefined;
    return inner === undefined ? factor : { ...factor, node: inner };
  });
  if (!changed) return undefined;
  const product = einsum(store, node.coefficient, factors, axes(node.dims.length), node.dims);
  return expandProduct(store, product, extent) ?? product;
}

/** Whether no more than one sum stands among the factors, once. */
function isLinear(node: TensorNode): boolean {
  const sums = node.kind === "product" ? node.factors.filter((factor) => factor.node.kind === "sum") : [];
  return sums.length === 1 && Q.isOne(sums[0]!.power);
}

function predictedTerms(
  factors: readonly { readonly node: TensorNode; readonly power: Q.Rational }[],
): number {
  return factors.reduce(
    (count, { node, power }) =>
      node.kind === "sum" && Q.isInteger(power) && !Q.isNegative(power)
        ? count * node.terms.length ** Math.min(Q.toNumber(power), 64)
        : count,
    1,
  );
}

/** A sum with every term multiplied out; undefined if none can be. */
export function expandTerms(
  store: Store,
  node: TensorNode,
  extent: Extent = everything,
): TensorNode | undefined {
  if (node.kind !== "sum") return undefined;
  let changed = false;
  const terms = node.terms.map((term) => {
    const expanded = expandProduct(store, term.node, extent);
    if (expanded === undefined) return term;
    changed = true;
    return { ...term, node: expanded };
  });
  return changed ? sum(store, terms, node.dims) : undefined;
}

/** Everything multiplied out, inside functions too. */
export const expandAll = (store: Store, node: TensorNode): TensorNode =>
  rewrite(store, node, (rebuilt) => expandProduct(store, rebuilt) ?? expandTerms(store, rebuilt) ?? rebuilt);
