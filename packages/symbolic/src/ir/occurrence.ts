import type { Factor, Product } from "./node.ts";
import type { Draft } from "./product.ts";
import * as Q from "./rational.ts";
import { isSymmetric } from "./store.ts";

/**
 * Σ_k U_ik V_jk beside a power of (U*V')_ij is one more of that power: products with summed indices stay whole under a
 * power, so what equals them has to be found among the other factors. True if any was found; each use removes factors.
 */
export function absorbOccurrences(draft: Draft): boolean {
  let absorbed = false;
  for (const whole of draft.factors) {
    const { node, indices } = whole;
    if (node.kind !== "product" || node.dims.length === 0 || node.bound.length === 0) continue;
    if (!Q.isOne(node.coefficient)) continue;
    for (
      let found = occurrence(draft, node, whole);
      found !== undefined;
      found = occurrence(draft, node, whole)
    ) {
      const { factors, summed } = found;
      draft.factors = draft.factors.filter((factor) => !factors.includes(factor));
      draft.factors.push({ node, indices, power: Q.one });
      for (const index of summed) draft.extent.delete(index);
      absorbed = true;
    }
  }
  return absorbed;
}

interface Match {
  readonly factors: readonly Factor[];
  /** Where the indices of the product are found in the draft. */
  readonly places: ReadonlyMap<number, number>;
}

/** Factors of the draft that are the product at these indices, with summed indices that nothing else uses. */
function occurrence(
  draft: Draft,
  product: Product,
  whole: Factor,
): { readonly factors: readonly Factor[]; readonly summed: readonly number[] } | undefined {
  const rank = product.dims.length;
  const start: Match = { factors: [], places: new Map(whole.indices.map((index, k) => [k, index])) };
  const complete = (match: Match): boolean => {
    const summed = product.bound.map((_, k) => match.places.get(rank + k)!);
    const others = draft.factors.filter((factor) => !match.factors.includes(factor));
    return (
      new Set(summed).size === summed.length &&
      summed.every((index) => !draft.out.includes(index) && !whole.indices.includes(index)) &&
      others.every((factor) => !factor.indices.some((index) => summed.includes(index)))
    );
  };
  const search = (match: Match): Match | undefined => {
    const wanted = product.factors[match.factors.length];
    if (wanted === undefined) return complete(match) ? match : undefined;
    for (const factor of draft.factors) {
      if (factor === whole || match.factors.includes(factor)) continue;
      for (const places of placements(wanted, factor, match.places)) {
        const found = search({ factors: [...match.factors, factor], places });
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  const match = search(start);
  return (
    match && { factors: match.factors, summed: product.bound.map((_, k) => match.places.get(rank + k)!) }
  );
}

/** How a factor of the draft can stand for one of the product. */
function placements(
  wanted: Factor,
  factor: Factor,
  places: ReadonlyMap<number, number>,
): readonly ReadonlyMap<number, number>[] {
  if (factor.node !== wanted.node || !Q.equals(factor.power, wanted.power)) return [];
  const orders = isSymmetric(factor.node)
    ? [factor.indices, [...factor.indices].reverse()]
    : [factor.indices];
  return orders.flatMap((order) => {
    const extended = new Map(places);
    for (const [k, index] of order.entries()) {
      const place = extended.get(wanted.indices[k]!);
      if (place !== undefined && place !== index) return [];
      extended.set(wanted.indices[k]!, index);
    }
    return [extended];
  });
}
