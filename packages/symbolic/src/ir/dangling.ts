import type { Factor } from "./node.ts";
import { partsWithout } from "./parts.ts";
import { einsum, type Draft } from "./product.ts";
import * as Q from "./rational.ts";
import { isSymmetric, type Store } from "./store.ts";

/**
 * Equal parts that hang on one index become a power: (Σ_k A_ik x_k)(Σ_l A_il x_l) is ((A·x)_i)², which is how the
 * square of a vector is kept anyway. True if anything was merged; each merge removes factors.
 */
export function mergeDangling(store: Store, draft: Draft): boolean {
  if (!hasRepeatedNodes(draft.factors)) return false;
  for (const [index, dimension] of draft.extent) {
    const cut = draft.factors.filter((factor) => factor.indices.includes(index) && factor.indices.length > 1);
    if (!hasTwins(cut, index)) continue;
    const groups = new Map<
      number,
      { readonly parts: (readonly Factor[])[]; readonly node: Factor["node"] }
    >();
    const hanging = partsHangingOn(draft, index);
    // A single part would be the whole again.
    for (const part of hanging.length < 2 ? [] : hanging) {
      const node = einsum(store, Q.one, part, [index], [dimension]);
      const group = groups.get(node.id) ?? { parts: [], node };
      group.parts.push(part);
      groups.set(node.id, group);
    }
    for (const { parts, node } of groups.values()) {
      if (parts.length < 2) continue;
      const merged = parts.flat();
      draft.factors = draft.factors.filter((factor) => !merged.includes(factor));
      draft.factors.push({ node, indices: [index], power: Q.rational(parts.length) });
      for (const inner of merged.flatMap((factor) => factor.indices))
        if (inner !== index) draft.extent.delete(inner);
      return true;
    }
  }
  return false;
}

/** Whether two factors have one node at the index in the same place: equal parts begin with such a pair. */
const hasTwins = (factors: readonly Factor[], index: number): boolean => {
  const ends = factors.map(
    ({ node, indices }) => `${node.id} ${isSymmetric(node) ? 0 : indices.indexOf(index)}`,
  );
  return new Set(ends).size < ends.length;
};

const hasRepeatedNodes = (factors: readonly Factor[]): boolean => {
  const matrices = factors.filter((factor) => factor.indices.length > 1);
  return new Set(matrices.map((factor) => factor.node)).size < matrices.length;
};

/** The groups of factors that are joined to the rest by `index` only, and have indices of their own. */
function partsHangingOn(draft: Draft, index: number): readonly (readonly Factor[])[] {
  return partsWithout(draft.factors, (other) => other === index)
    .filter(
      ({ indices }) => indices.size > 0 && draft.out.every((other) => other === index || !indices.has(other)),
    )
    .map(({ factors }) => factors)
    .filter((part) => part.some((factor) => factor.indices.includes(index)));
}
