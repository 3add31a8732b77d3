import type { Factor, Head } from "./node.ts";
import type { Draft } from "./product.ts";
import * as Q from "./rational.ts";
import { delta, isSymmetric, type Store } from "./store.ts";

/** Σ_k A⁻¹_ik A_kj = δ_ij, and Σ_k Q_ki Q_kj = δ_ij for an orthogonal Q. Each use removes two factors; true if any was removed. */
export function cancelInverses(store: Store, draft: Draft): boolean {
  if (!draft.factors.some((factor) => factor.indices.length === 2)) return false;
  for (let changed = false; ; changed = true) {
    const pair = findPair(draft);
    if (pair === undefined) return changed;
    const { first, second, indices } = pair;
    draft.factors = draft.factors.filter((factor) => factor !== first && factor !== second);
    draft.factors.push({ node: delta(store, first.node.dims[0]!), indices, power: Q.one });
    for (const index of [...first.indices, ...second.indices])
      if (!indices.includes(index)) draft.extent.delete(index);
  }
}

interface Pair {
  readonly first: Factor;
  readonly second: Factor;
  /** The two indices that stay. */
  readonly indices: readonly [number, number];
}

function findPair(draft: Draft): Pair | undefined {
  const uses = new Map<number, number>();
  for (const { indices } of draft.factors)
    for (const index of indices) uses.set(index, (uses.get(index) ?? 0) + 1);
  const contracted = (index: number): boolean => uses.get(index) === 2 && !draft.out.includes(index);

  for (const first of draft.factors) {
    if (!Q.isOne(first.power) || first.indices.length !== 2) continue;
    for (const second of draft.factors) {
      if (second === first || !Q.isOne(second.power)) continue;
      const positions = meetingPositions(first, second);
      for (const [a, b] of positions) {
        const shared = first.indices[a]!;
        if (shared !== second.indices[b] || !contracted(shared)) continue;
        return { first, second, indices: [first.indices[1 - a]!, second.indices[1 - b]!] };
      }
    }
  }
  return undefined;
}

/** At which positions a common index makes the two matrices an identity. */
function meetingPositions(first: Factor, second: Factor): readonly (readonly [number, number])[] {
  if (isInverse(first) && first.node.operand === second.node) {
    return isSymmetric(second.node) ? [[0, 0], [0, 1], [1, 0], [1, 1]] : [[1, 0], [0, 1]]; // prettier-ignore
  }
  if (
    first.node === second.node &&
    first.node.kind === "variable" &&
    first.node.assumptions.has("orthogonal")
  ) {
    return isSymmetric(first.node) ? [[0, 0], [0, 1], [1, 0], [1, 1]] : [[0, 0], [1, 1]]; // prettier-ignore
  }
  return [];
}

const isInverse = (factor: Factor): factor is Factor & { readonly node: Head } =>
  factor.node.kind === "head" && factor.node.name === "inv";
