import { spend } from "../effort.ts";
import type { Dimension, Factor, TensorNode } from "./node.ts";
import { keyOf } from "./rational.ts";
import { dimensionKey, isSymmetric } from "./store.ts";

/** Most labellings that are compared; beyond it equal terms may stay apart, which is never wrong. */
const LABELLING_LIMIT = 256;

/** Networks with more factors than this are labelled by distances first. */
const LONG = 12;

export interface Labelled {
  readonly factors: readonly Factor[];
  readonly bound: readonly Dimension[];
  /** The factors as a text. */
  readonly body: string;
}

/** Whether a labelling comes before another of the same network. */
export const precedes = (a: Labelled, b: Labelled): boolean =>
  a.body < b.body || (a.body === b.body && boundKey(a) < boundKey(b));

const boundKey = ({ bound }: Labelled): string => bound.map(dimensionKey).join(",");

/** A factor as a text. */
export const factorKey = ({ node, indices, power }: Factor): string =>
  `${node.id}^${keyOf(power)}(${indices.join(",")})`;

/**
 * Numbers the bound indices so that equal networks get equal keys: tr(A*B), tr(B*A) and tr(A'*B') are one node.
 *
 * Colours of indices are refined by the factors that they meet; indices that stay alike are told apart by trial.
 */
export function label(
  factors: readonly Factor[],
  out: readonly number[],
  extent: ReadonlyMap<number, Dimension>,
): Labelled {
  const bound: number[] = [];
  for (const { indices } of factors)
    for (const index of indices) if (!out.includes(index) && !bound.includes(index)) bound.push(index);
  // With at most one bound index there is nothing to tell apart.
  if (bound.length <= 1) return number(factors, [...out, ...bound], out.length, extent);
  const isLong = factors.length > LONG;
  let labellings = 0;

  const search = (start: ReadonlyMap<number, number>): Labelled => {
    const colours = refine(factors, start);
    const tied = firstTie(bound, colours);
    if (tied === undefined) {
      labellings++;
      const order = [...bound].sort((a, b) => colours.get(a)! - colours.get(b)!);
      return number(factors, [...out, ...order], out.length, extent);
    }
    let best: Labelled | undefined;
    for (const index of tied) {
      if (best !== undefined && labellings >= LABELLING_LIMIT) break;
      const marked = new Map(isLong ? byDistance(factors, colours, [index]) : colours);
      marked.set(index, -1 - marked.size);
      const candidate = search(marked);
      if (best === undefined || precedes(candidate, best)) best = candidate;
    }
    return best!;
  };

  const start = rank([
    ...out.map((index, k) => ({ index, colour: k, text: "" })),
    ...bound.map((index) => ({ index, colour: out.length, text: dimensionKey(extent.get(index)!) })),
  ]);
  return search(isLong ? byDistance(factors, start, out) : start);
}

/** Colours told apart by how far an index is from each of some others: one step where refining takes as many as that. */
function byDistance(
  factors: readonly Factor[],
  colours: ReadonlyMap<number, number>,
  sources: readonly number[],
): ReadonlyMap<number, number> {
  const neighbours = new Map<number, number[]>();
  for (const { indices } of factors)
    for (const index of indices) neighbours.set(index, [...(neighbours.get(index) ?? []), ...indices]);
  const distances = sources.map((source) => {
    const found = new Map([[source, 0]]);
    for (const [index, distance] of found)
      for (const next of neighbours.get(index) ?? []) if (!found.has(next)) found.set(next, distance + 1);
    return found;
  });
  return rank(
    [...colours].map(([index, colour]) => ({
      index,
      colour,
      text: distances.map((found) => String((found.get(index) ?? -1) + 1e6).padStart(9, "0")).join(" "),
    })),
  );
}

function number(
  factors: readonly Factor[],
  order: readonly number[],
  rankOut: number,
  extent: ReadonlyMap<number, Dimension>,
): Labelled {
  const isNumbered = order.every((index, k) => index === k);
  const position = new Map(isNumbered ? [] : order.map((index, k) => [index, k]));
  const keyed = factors.map((factor) => {
    const numbered = isNumbered ? factor.indices : factor.indices.map((index) => position.get(index)!);
    const placed = { ...factor, indices: smallestOrder(factor.node, numbered) };
    return { factor: placed, key: factorKey(placed) };
  });
  keyed.sort((a, b) => a.factor.node.id - b.factor.node.id || (a.key < b.key ? -1 : 1));
  const bound = order.slice(rankOut).map((index) => extent.get(index)!);
  return {
    factors: keyed.map((entry) => entry.factor),
    bound,
    body: keyed.map((entry) => entry.key).join(" "),
  };
}

function refine(factors: readonly Factor[], start: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  let colours = start;
  for (let classes = -1; ;) {
    spend(2 + factors.length);
    const marks = new Map<number, string[]>();
    for (const index of colours.keys()) marks.set(index, []);
    for (const factor of factors) {
      const seen = smallestOrder(factor.node, factor.indices.map((index) => colours.get(index)!)); // prettier-ignore
      const name = `${factor.node.id}^${keyOf(factor.power)}:${seen.join(",")}`;
      const last = readsBackwards(factor.node) ? factor.indices.length - 1 : Infinity;
      factor.indices.forEach((index, k) => marks.get(index)!.push(`${name}@${Math.min(k, last - k)}`));
    }
    colours = rank(
      [...marks].map(([index, list]) => ({
        index,
        colour: colours.get(index)!,
        text: list.length === 1 ? list[0]! : list.sort().join(" "),
      })),
    );
    const count = new Set(colours.values()).size;
    if (count === classes || count === colours.size) return colours;
    classes = count;
  }
}

/**
 * Whether a tensor is the same with its axes in reverse: a symmetric matrix; and D_ijkl = D_lkji, because
 * tr(B*dexpm(A, E)) = tr(dexpm(A, B)*E).
 */
const readsBackwards = (node: TensorNode): boolean =>
  isSymmetric(node) || (node.kind === "head" && node.name === "dexpm");

/** The indices of a factor, or the same in reverse where that means the same, whichever comes first. */
function smallestOrder(node: TensorNode, indices: readonly number[]): readonly number[] {
  if (indices.length < 2 || !readsBackwards(node)) return indices;
  const reversed = [...indices].reverse();
  const differing = indices.findIndex((index, k) => index !== reversed[k]);
  return differing < 0 || indices[differing]! < reversed[differing]! ? indices : reversed;
}

/** What an index looked like before, and what it meets. */
interface Description {
  readonly index: number;
  readonly colour: number;
  readonly text: string;
}

/** Colours as small integers in the order of the descriptions. */
function rank(descriptions: readonly Description[]): ReadonlyMap<number, number> {
  const order = (a: Description, b: Description): number =>
    a.colour - b.colour || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);
  const sorted = [...descriptions].sort(order);
  const colours = new Map<number, number>();
  let colour = 0;
  sorted.forEach((description, k) => {
    if (k > 0 && order(sorted[k - 1]!, description) !== 0) colour++;
    colours.set(description.index, colour);
  });
  return colours;
}

function firstTie(
  bound: readonly number[],
  colours: ReadonlyMap<number, number>,
): readonly number[] | undefined {
  const classes = new Map<number, number[]>();
  for (const index of bound) {
    const colour = colours.get(index)!;
    classes.set(colour, [...(classes.get(colour) ?? []), index]);
  }
  return [...classes].sort(([a], [b]) => a - b).find(([, members]) => members.length > 1)?.[1];
}
