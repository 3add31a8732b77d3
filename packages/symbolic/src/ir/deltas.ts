import { FluxionError } from "@fluxion/core";
import type { Draft } from "./product.ts";
import * as Q from "./rational.ts";
import { delta } from "./store.ts";
import type { Store } from "./store.ts";

/** Σ_j δ_ij t_j = t_i: every δ with a bound index disappears by renaming; δ_ii = 1. True if any index was renamed. */
export function joinDeltas(store: Store, draft: Draft): boolean {
  const deltas = draft.factors.filter((factor) => factor.node.kind === "delta");
  if (deltas.length === 0) return false;
  const roots = new Map<number, number>();
  const find = (index: number): number => {
    let root = index;
    while (roots.has(root)) root = roots.get(root)!;
    return root;
  };
  const position = (index: number): number => {
    const place = draft.out.indexOf(index);
    return place < 0 ? Infinity : place;
  };
  for (const { indices, power } of deltas) {
    if (Q.isNegative(power))
      throw new FluxionError(
        "DOMAIN",
        "An identity matrix has zeros, so nothing can be divided by it elementwise.",
      );
    const [a, b] = [find(indices[0]!), find(indices[1]!)];
    if (a === b) continue;
    // The result's own indices are kept, the first of them for choice.
    if (position(a) <= position(b)) roots.set(b, a);
    else roots.set(a, b);
  }
  const kept = draft.out
    .filter((index) => find(index) !== index)
    .map((index) => ({
      node: delta(store, draft.extent.get(index)!),
      indices: [find(index), index],
      power: Q.one,
    }));
  draft.factors = draft.factors
    .filter((factor) => factor.node.kind !== "delta")
    .map((factor) => ({ ...factor, indices: factor.indices.map(find) }));
  draft.factors.push(...kept);
  for (const index of roots.keys()) if (!draft.out.includes(index)) draft.extent.delete(index);
  return roots.size > 0;
}
