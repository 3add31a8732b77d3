import type { Factor } from "./node.ts";

/** Factors that hang together, and their indices. */
export interface Part {
  readonly factors: readonly Factor[];
  readonly indices: ReadonlySet<number>;
}

/** Groups factors that share indices, directly or through others. */
export function connectedParts(factors: readonly Factor[]): readonly Part[] {
  const roots = new Map<number, number>();
  const find = (index: number): number => {
    let root = index;
    for (let next = roots.get(root); next !== undefined && next !== root; next = roots.get(root)) root = next;
    return root;
  };
  for (const { indices } of factors)
    for (const index of indices) {
      roots.set(find(index), find(indices[0]!));
      // The path is kept short, so that long chains take no longer than their length.
      roots.set(index, find(indices[0]!));
    }
  const parts = new Map<number | Factor, { factors: Factor[]; indices: Set<number> }>();
  for (const factor of factors) {
    const key = factor.indices.length === 0 ? factor : find(factor.indices[0]!);
    const part = parts.get(key) ?? { factors: [], indices: new Set() };
    part.factors.push(factor);
    for (const index of factor.indices) part.indices.add(index);
    parts.set(key, part);
  }
  return [...parts.values()];
}

/** The same, where the indices that are cut join nothing; the factors keep them, the parts' `indices` are the others. */
export function partsWithout(factors: readonly Factor[], isCut: (index: number) => boolean): readonly Part[] {
  const whole = new Map<Factor, Factor>(
    factors.map((factor) => [
      { ...factor, indices: factor.indices.filter((index) => !isCut(index)) },
      factor,
    ]),
  );
  return connectedParts([...whole.keys()]).map((part) => ({
    factors: part.factors.map((factor) => whole.get(factor)!),
    indices: part.indices,
  }));
}
