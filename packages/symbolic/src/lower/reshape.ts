import type { Shape } from "@fluxion/core";
import { merge } from "../ir/merges.ts";
import type { TensorNode } from "../ir/node.ts";
import { axes, einsum, type LooseFactor } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { delta, type Store } from "../ir/store.ts";

/** Axes before and after that have the same entries in the same order. */
interface Group {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** A tensor in another shape: its entries in the same order, the last axis fastest. A joined axis is a pair of indices. */
export function reshaped(store: Store, node: TensorNode, shape: Shape): TensorNode {
  const before = node.dims as readonly number[];
  const factors: LooseFactor[] = [];
  let fresh = shape.length;
  // An axis of length 1 has an index of its own.
  const indices = before.map(() => fresh++);
  /** Some axes as one. */
  const flat = (own: readonly number[], lengths: readonly number[]): { readonly index: number; readonly length: number } =>
    own.slice(1).reduce((whole, index, k) => {
      const length = lengths[k + 1]!;
      const pairs = merge(store, whole.length, length);
      factors.push({ node: pairs, indices: [fresh, whole.index, index] });
      return { index: fresh++, length: whole.length * length };
    }, { index: own[0]!, length: lengths[0]! }); // prettier-ignore
  for (const { from, to } of groups(before, shape)) {
    const [first, second] = [flat(from.map((axis) => indices[axis]!), from.map((axis) => before[axis]!)), flat(to, to.map((axis) => shape[axis]!))]; // prettier-ignore
    factors.push({ node: delta(store, first.length), indices: [first.index, second.index] });
  }
  return einsum(store, Q.one, [{ node, indices }, ...factors], axes(shape.length), shape);
}

/** The shortest runs of axes with as many entries before as after; axes of length 1 are in none. */
function groups(before: Shape, after: Shape): readonly Group[] {
  const [from, to] = [before, after].map((lengths) => axes(lengths.length).filter((axis) => lengths[axis] !== 1)) as [number[], number[]]; // prettier-ignore
  const found: Group[] = [];
  for (let [i, j] = [0, 0]; i < from.length;) {
    const [start, other] = [i, j];
    let [a, b] = [before[from[i++]!]!, after[to[j++]!]!];
    while (a !== b) {
      if (a < b) a *= before[from[i++]!]!;
      else b *= after[to[j++]!]!;
    }
    found.push({ from: from.slice(start, i), to: to.slice(other, j) });
  }
  return found;
}
