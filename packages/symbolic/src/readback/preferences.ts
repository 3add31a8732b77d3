import type { Network } from "./network.ts";
import { isReduced } from "./reduce.ts";

/** Which move to prefer where several apply; the shortest result is kept. */
export interface Preference {
  readonly parallelFirst: boolean;
  readonly backwards: boolean;
  /** Whether vectors at both ends of a matrix become an outer product: (a*b').*M rather than diag(a)*M*diag(b). */
  readonly outer: boolean;
}

const EVERY: readonly Preference[] = [true, false].flatMap((parallelFirst) =>
  [true, false].map((backwards) => ({ parallelFirst, backwards, outer: false })),
);
const OUTER: Preference = { parallelFirst: true, backwards: false, outer: true };

/**
 * The preferences that may lead to shorter results than the others. Where nothing runs in a circle and every index that
 * is summed joins two factors, whatever is done first leads to the same product.
 */
export function preferencesFor(network: Network): readonly Preference[] {
  const { pinned, edges, pendants } = network;
  const factors = [...pendants.values()].reduce((count, vectors) => count + vectors.length, edges.length);
  if (factors < 3 && isReduced(network)) return EVERY.slice(0, 1);
  const meetings = new Map([...pendants].map(([index, vectors]) => [index, vectors.length]));
  for (const { from, to } of edges)
    for (const index of [from, to]) meetings.set(index, meetings.get(index)! + 1);
  const summed = [...pendants.keys()].filter((index) => !pinned.includes(index));
  const branches = summed.length > 1 && summed.some((index) => meetings.get(index) !== 2);
  const isOpen = !branches && !hasCycle(network);
  const isLine = isOpen && pinned.every((index) => meetings.get(index) === 1);
  const few = isOpen ? EVERY.slice(0, 1) : EVERY;
  return isLine || factors < 3 ? few : [...few, OUTER];
}

/** Whether two ways lead from one index to another. */
function hasCycle({ edges, pendants }: Network): boolean {
  const group = new Map([...pendants.keys()].map((index) => [index, index]));
  return edges.some(({ from, to }) => {
    const [kept, gone] = [group.get(from)!, group.get(to)!];
    for (const [index, own] of group) if (own === gone) group.set(index, kept);
    return kept === gone;
  });
}
