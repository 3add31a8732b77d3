import type { Dimension } from "../ir/node.ts";

/** What is known about the lengths of indices: which are equal, and what some of them are. */
export interface Lengths {
  /** A new index of which nothing is known. */
  readonly fresh: () => number;
  /** Two indices have the same length. Both lengths if they are known and differ. */
  readonly join: (a: number, b: number) => readonly [Dimension, Dimension] | undefined;
  /** An index has this length. The length known before, if it differs. */
  readonly learn: (index: number, length: Dimension) => Dimension | undefined;
  readonly of: (index: number) => Dimension | undefined;
}

export function createLengths(): Lengths {
  const parents: number[] = [];
  const known = new Map<number, Dimension>();
  const root = (index: number): number => {
    let at = index;
    while (parents[at] !== at) at = parents[at] = parents[parents[at]!]!;
    return at;
  };
  return {
    fresh: () => parents.push(parents.length) - 1,
    join: (a, b) => {
      const [x, y] = [root(a), root(b)];
      const [left, right] = [known.get(x), known.get(y)];
      if (left !== undefined && right !== undefined && left !== right) return [left, right];
      parents[y] = x;
      if (right !== undefined) known.set(x, right);
      return undefined;
    },
    learn: (index, length) => {
      const before = known.get(root(index));
      if (before !== undefined && before !== length) return before;
      known.set(root(index), length);
      return undefined;
    },
    of: (index) => known.get(root(index)),
  };
}
