import { FluxionError } from "@fluxion/core";
import { productOfDimensions } from "./dimension.ts";
import type { Dimension, Factor, Merge } from "./node.ts";
import type { Draft } from "./product.ts";
import * as Q from "./rational.ts";
import { delta, dimensionKey, mergeOf, type Store } from "./store.ts";

/** Pairs of indices of lengths a and b as one index. */
export const merge = (store: Store, a: Dimension, b: Dimension): Merge =>
  mergeOf(store, productOfDimensions(a, b), a, b);

type MergeFactor = Factor & { readonly node: Merge; readonly indices: readonly [number, number, number] };

const isMerge = (factor: Factor): factor is MergeFactor => factor.node.kind === "merge";

/**
 * The laws of M[p,i,j] = 1 where the composite index p stands for the pair (i, j). Since pairs and composite indices
 * determine each other, M[p,i,j]·M[p,k,l] = M[p,i,j]·δ_ik·δ_jl and M[p,i,j]·M[q,i,j] = M[p,i,j]·δ_pq, summed or not.
 * True if anything changed; each law removes a merge but the last two, which split a shorter index, and move a pair from
 * the second place to the first.
 */
export function joinMerges(store: Store, draft: Draft): boolean {
  if (!draft.factors.some(isMerge)) return false;
  draft.factors = draft.factors.map((factor) => (isMerge(factor) ? withoutPower(factor) : factor));
  return (
    dropTrivial(store, draft) ||
    unify(store, draft) ||
    sumOut(draft) ||
    splitBoth(store, draft) ||
    nestInFirst(store, draft)
  );
}

/** 0 and 1 equal their powers. */
function withoutPower(factor: MergeFactor): Factor {
  if (Q.isNegative(factor.power))
    throw new FluxionError(
      "DOMAIN",
      "A Kronecker product with an identity matrix has zeros, so nothing can be divided by it elementwise.",
    );
  return { ...factor, power: Q.one };
}

/** A pair with an index of length 1 is the other index. */
function dropTrivial(store: Store, draft: Draft): boolean {
  const trivial = draft.factors.filter(isMerge).find(({ node }) => node.dims[1] === 1 || node.dims[2] === 1);
  if (trivial === undefined) return false;
  const [p, i, j] = trivial.indices;
  const kept = trivial.node.dims[1] === 1 ? j : i;
  replace(draft, trivial, [{ node: delta(store, trivial.node.dims[0]!), indices: [p, kept], power: Q.one }]);
  return true;
}

/** Two merges that agree in the composite index, or in the pair, agree in the rest. */
function unify(store: Store, draft: Draft): boolean {
  const merges = draft.factors.filter(isMerge);
  for (const [k, first] of merges.entries()) {
    for (const second of merges.slice(k + 1)) {
      if (second.node !== first.node) continue;
      const equal = first.indices.map((index, place) => index === second.indices[place]);
      if (!equal[0] && !(equal[1] && equal[2])) continue;
      const deltas = first.indices.flatMap((index, place) =>
        equal[place]
          ? []
          : [{ node: delta(store, first.node.dims[place]!), indices: [index, second.indices[place]!], power: Q.one }],
      ); // prettier-ignore
      replace(draft, second, deltas);
      return true;
    }
  }
  return false;
}

/** Σ_p M[p,i,j] = 1 and Σ_ij M[p,i,j] = 1 */
function sumOut(draft: Draft): boolean {
  const uses = countUses(draft);
  for (const factor of draft.factors.filter(isMerge)) {
    const [p, i, j] = factor.indices;
    const only = (index: number): boolean => uses.get(index) === 1 && !draft.out.includes(index);
    const gone = only(p) ? [p] : only(i) && only(j) ? [i, j] : undefined;
    if (gone === undefined) continue;
    replace(draft, factor, []);
    for (const index of gone) draft.extent.delete(index);
    return true;
  }
  return false;
}

/** p = ((x, y), z) and p = (c, r) with c as long as x: c = x and r = (y, z). */
function splitBoth(store: Store, draft: Draft): boolean {
  const merges = draft.factors.filter(isMerge);
  for (const outer of merges) {
    const [p, q, z] = outer.indices;
    const inner = merges.find((other) => other.indices[0] === q);
    const whole = merges.find((other) => other !== outer && other.indices[0] === p);
    if (inner === undefined || whole === undefined) continue;
    const [, x, y] = inner.indices;
    const [, c, r] = whole.indices;
    const [, a, b] = inner.node.dims;
    if (dimensionKey(whole.node.dims[1]!) !== dimensionKey(a!)) continue;
    replace(draft, whole, [
      { node: delta(store, a!), indices: [c, x], power: Q.one },
      { node: merge(store, b!, outer.node.dims[2]!), indices: [r, y, z], power: Q.one },
    ]);
    return true;
  }
  return false;
}

/** (x, (y, z)) = ((x, y), z): the pair inside a pair stands first. */
function nestInFirst(store: Store, draft: Draft): boolean {
  const uses = countUses(draft);
  const merges = draft.factors.filter(isMerge);
  for (const outer of merges) {
    const [p, x, q] = outer.indices;
    if (uses.get(q) !== 2 || draft.out.includes(q)) continue;
    const inner = merges.find((other) => other.indices[0] === q);
    if (inner === undefined) continue;
    const [, y, z] = inner.indices;
    const [, a] = outer.node.dims;
    const [, b, c] = inner.node.dims;
    const first = productOfDimensions(a!, b!);
    replace(draft, outer, [{ node: merge(store, first, c!), indices: [p, q, z], power: Q.one }]);
    replace(draft, inner, [{ node: merge(store, a!, b!), indices: [q, x, y], power: Q.one }]);
    draft.extent.set(q, first);
    return true;
  }
  return false;
}

function countUses(draft: Draft): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  for (const { indices } of draft.factors)
    for (const index of indices) uses.set(index, (uses.get(index) ?? 0) + 1);
  return uses;
}

function replace(draft: Draft, factor: Factor, by: readonly Factor[]): void {
  draft.factors = [...draft.factors.filter((other) => other !== factor), ...by];
}
