import type { Factor } from "./node.ts";

/** Factors that hang together, and their indices. */
export interface Cluster {
  readonly indices: ReadonlySet<number>;
  readonly factors: readonly Factor[];
}

/** What hangs together with an index: the factors that have it, those that share an index with them, and so on. */
export function clusterAt(factors: readonly Factor[], start: number): Cluster {
  const indices = new Set([start]);
  const found = new Set<Factor>();
  for (let grown = true; grown;) {
    grown = false;
    for (const factor of factors) {
      if (found.has(factor) || !factor.indices.some((index) => indices.has(index))) continue;
      found.add(factor);
      for (const index of factor.indices) indices.add(index);
      grown = true;
    }
  }
  return { indices, factors: [...found] };
}
