import type { Product, Sum, TensorNode } from "../ir/node.ts";
import { axes, einsum, type LooseFactor } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { rewrite } from "../ir/rebuild.ts";
import type { Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";

/** Largest number of terms that an expansion may have. */
const TERM_LIMIT = 400;

/** Longest expansions that are tried for the sake of cancellation: of scalars, and of sums over indices. */
const TRIAL_TERMS = 24;
const ARRAY_TRIAL_TERMS = 8;

/** A product or a sum multiplied out, if that may pay; undefined if it cannot be, or would become long. */
export function tryExpansion(store: Store, node: TensorNode): TensorNode | undefined {
  const limit = holdsArrays(node) ? ARRAY_TRIAL_TERMS : TRIAL_TERMS;
  return expandProduct(store, node, limit) ?? expandTerms(store, node, limit);
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
  termLimit: number = TERM_LIMIT,
): TensorNode | undefined {
  if (node.kind !== "product") return undefined;
  const target = node.factors.find(
    (factor) => factor.node.kind === "sum" && Q.isInteger(factor.power) && !Q.isNegative(factor.power),
  );
  if (target === undefined) return expandScalars(store, node, termLimit);
  const { terms } = target.node as Sum;
  if (predictedTerms(node.factors) > termLimit) return undefined;
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
      node: expandProduct(store, product, termLimit) ?? expandTerms(store, product, termLimit) ?? product,
    };
  });
  return sum(store, expanded, node.dims);
}

/** A product whose scalar factors x'*(y + z) are multiplied out inside; undefined if none can be. */
function expandScalars(store: Store, node: Product, termLimit: number): TensorNode | undefined {
  let changed = false;
  const factors = node.factors.map((factor) => {
    const inner = factor.node.dims.length === 0 ? expandProduct(store, factor.node, termLimit) : undefined;
    changed ||= inner !== undefined;
    return inner === undefined ? factor : { ...factor, node: inner };
  });
  if (!changed) return undefined;
  const product = einsum(store, node.coefficient, factors, axes(node.dims.length), node.dims);
  return expandProduct(store, product, termLimit) ?? product;
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
  termLimit: number = TERM_LIMIT,
): TensorNode | undefined {
  if (node.kind !== "sum") return undefined;
  let changed = false;
  const terms = node.terms.map((term) => {
    const expanded = expandProduct(store, term.node, termLimit);
    if (expanded === undefined) return term;
    changed = true;
    return { ...term, node: expanded };
  });
  return changed ? sum(store, terms, node.dims) : undefined;
}

/** Everything multiplied out, inside functions too. */
export const expandAll = (store: Store, node: TensorNode): TensorNode =>
  rewrite(store, node, (rebuilt) => expandProduct(store, rebuilt) ?? expandTerms(store, rebuilt) ?? rebuilt);
