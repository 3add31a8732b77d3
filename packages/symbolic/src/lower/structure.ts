import { fromData, FluxionError, type Tensor } from "@fluxion/core";
import type { TensorNode } from "../ir/node.ts";
import { axes, einsum, type LooseFactor } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import type { Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";

/** Where operators that move entries around are written down as products with arrays of zeros and ones. */
export interface Places {
  readonly store: Store;
  /** A named constant for an array. */
  readonly capture: (value: Tensor) => TensorNode;
}

/** Which entries along an axis go where: to position `to` from position `from`; what goes nowhere is left out. */
export interface Moves {
  /** The length of the axis afterwards. */
  readonly length: number;
  readonly moves: readonly { readonly to: number; readonly from: number }[];
}

/** Most entries of an array of zeros and ones. */
const LARGEST = 1e6;

const range = (length: number): readonly number[] => Array.from({ length }, (_, k) => k);

/** One position for each of some sources: a slice, a flip, `take`. */
export const picking = (sources: readonly number[]): Moves => ({
  length: sources.length,
  moves: sources.map((from, to) => ({ to, from })),
});

/** Every entry to a position of its own in a longer axis: `pad`, `scatterAdd`, a part of `concatenate`. */
export const placing = (targets: readonly number[], length: number): Moves => ({
  length,
  moves: targets.map((to, from) => ({ to, from })),
});

/** start, start + step, … below stop. */
export const steps = (start: number, stop: number, step: number): readonly number[] =>
  range(Math.ceil((stop - start) / step)).map((k) => start + k * step);

/** Running sums along an axis of this length. */
export const running = (length: number, reverse: boolean): Moves => ({
  length,
  moves: range(length).flatMap((to) =>
    range(length)
      .filter((from) => (reverse ? from >= to : from <= to))
      .map((from) => ({ to, from })),
  ),
});

/** The tensor with the entries along some axes moved: Σ over each of these axes with a matrix of zeros and ones. */
export function moved(places: Places, node: TensorNode, along: ReadonlyMap<number, Moves>): TensorNode {
  const rank = node.dims.length;
  const indices = axes(rank).map((axis) => axis + rank);
  const dims = node.dims.map((length, axis) => along.get(axis)?.length ?? length);
  const selections = axes(rank).flatMap((axis): readonly LooseFactor[] => {
    const own = along.get(axis);
    const length = node.dims[axis] as number;
    if (own === undefined || isIdentity(own, length)) {
      indices[axis] = axis;
      return [];
    }
    const shape = [own.length, length];
    if (own.length * length > LARGEST)
      throw new FluxionError(
        "LIMIT",
        `Entries moved along an axis of length ${length} would need an array of ${own.length}×${length} zeros and ones. Differentiate the function in numbers, with gradient(f).`,
      );
    const data = new Float64Array(own.length * length);
    for (const { to, from } of own.moves) data[to * length + from] = 1;
    // An axis of length 1 needs no index: x[2] is e'*x.
    const kept = [0, 1].filter((side) => shape[side] !== 1);
    const value = fromData(data, kept.map((side) => shape[side]!)); // prettier-ignore
    return [{ node: places.capture(value), indices: kept.map((side) => (side === 0 ? axis : axis + rank)) }];
  });
  return einsum(places.store, Q.one, [{ node, indices }, ...selections], axes(rank), dims);
}

const isIdentity = ({ length, moves }: Moves, before: number): boolean =>
  length === before && moves.length === length && moves.every(({ to, from }) => to === from);

/** Tensors one behind the other along an axis: a sum of tensors of the whole length. */
export function joined(places: Places, parts: readonly TensorNode[], axis: number): TensorNode {
  const lengths = parts.map(({ dims }) => dims[axis] as number);
  const total = lengths.reduce((whole, length) => whole + length, 0);
  let start = 0;
  const terms = parts.map((part, k) => {
    const targets = range(lengths[k]!).map((position) => start + position);
    start += lengths[k]!;
    return { coefficient: Q.one, node: moved(places, part, new Map([[axis, placing(targets, total)]])) };
  });
  return sum(places.store, terms, parts[0]!.dims.with(axis, total));
}

/** Entries of a matrix, or of the last two axes, where `keeps` holds; 0 elsewhere. */
export function masked(
  places: Places,
  node: TensorNode,
  keeps: (row: number, column: number) => boolean,
): TensorNode {
  const rank = node.dims.length;
  const [rows, columns] = node.dims.slice(-2) as [number, number];
  const data = Float64Array.from(range(rows * columns), (k) => (keeps(Math.floor(k / columns), k % columns) ? 1 : 0)); // prettier-ignore
  const mask = places.capture(fromData(data, [rows, columns]));
  const factors = [{ node, indices: axes(rank) }, { node: mask, indices: [rank - 2, rank - 1] }]; // prettier-ignore
  return einsum(places.store, Q.one, factors, axes(rank), node.dims);
}
