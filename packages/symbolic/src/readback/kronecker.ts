import type { NotationNode } from "@fluxion/core";
import { call } from "../display/tree.ts";
import { type Connected, groupings, type Grouping } from "../ir/kronecker.ts";
import type { Dimension, Factor, TensorNode } from "../ir/node.ts";
import * as Q from "../ir/rational.ts";
import { einsum, scale } from "../ir/product.ts";
import { quietly, type Store } from "../ir/store.ts";
import { blockReadings, type Reading } from "./blocks.ts";
import { lengthTree, read, type Reader } from "./reader.ts";

/** A product without composite indices, as matrix notation needs it. */
export interface Collapsed {
  readonly factors: readonly Factor[];
  readonly extent: ReadonlyMap<number, Dimension>;
  readonly readFactor: (factor: Factor) => NotationNode | undefined;
}

/** Most readings of one product that are compared. */
const READINGS = 16;

export const hasMerges = (factors: readonly Factor[]): boolean =>
  factors.some(({ node }) => node.kind === "merge" || (node.kind === "head" && node.name === "dexpm"));

/** The product with one factor negated, which is then part of whatever the factor becomes part of. */
export const negated = (store: Store, factors: readonly Factor[], flipped: Factor): readonly Factor[] =>
  factors.map((factor) =>
    factor === flipped
      ? { ...factor, node: quietly(store, () => scale(store, Q.minusOne, factor.node)) }
      : factor,
  );

/** Every way to write a product with vec, kron, unvec and dexpm; none where a part of it cannot be written. */
export function collapse(reader: Reader, start: Collapsed, pinned: readonly number[]): readonly Collapsed[] {
  const found = collapseBy(reader, start, pinned, (network) => groupingReadings(reader, network));
  if (found.length > 0 || !start.factors.some(({ node }) => node.kind === "merge")) return found;
  const own = (node: TensorNode): NotationNode | undefined => read(reader, node);
  return collapseBy(reader, start, pinned, (network) => [
    ...blockReadings(reader.store, network, own),
    ...groupingReadings(reader, network),
  ]);
}

function collapseBy(
  reader: Reader,
  start: Collapsed,
  pinned: readonly number[],
  readings: (network: Connected) => readonly Reading[],
): readonly Collapsed[] {
  const done: Collapsed[] = [];
  const pending = [start];
  for (let next = pending.pop(); next !== undefined && done.length < READINGS; next = pending.pop()) {
    if (!hasMerges(next.factors)) {
      done.push(next);
      continue;
    }
    const { factors, extent } = next;
    const found = quietly(reader.store, () => readings({ factors, pinned, extent }));
    for (const reading of found)
      if (pending.length < READINGS) pending.push(replaced(reader.store, next, reading, pinned));
  }
  return done;
}

const groupingReadings = (reader: Reader, network: Connected): readonly Reading[] =>
  groupings(reader.store, network).flatMap((grouping) => {
    const tree = readGrouping(reader, grouping, network.extent);
    return tree === undefined ? [] : [{ indices: grouping.indices, used: grouping.used, tree }];
  });

function readGrouping(
  reader: Reader,
  { name, operands, indices }: Grouping,
  extent: ReadonlyMap<number, Dimension>,
): NotationNode | undefined {
  const trees = operands.map((operand) => read(reader, operand));
  if (trees.includes(undefined)) return undefined;
  const lengths = name === "unvec" ? indices.map((index) => lengthTree(extent.get(index)!)) : [];
  return call(name, ...(trees as NotationNode[]), ...lengths);
}

/** The product with some factors as one. */
function replaced(
  store: Store,
  { factors, extent, readFactor }: Collapsed,
  { indices, used, tree }: Reading,
  pinned: readonly number[],
): Collapsed {
  const dims = indices.map((index) => extent.get(index)!);
  const node = quietly(store, () => einsum(store, Q.one, used, indices, dims));
  const whole: Factor = { node, indices, power: Q.one };
  const rest = [...factors.filter((factor) => !used.includes(factor)), whole];
  const left = new Set([...pinned, ...rest.flatMap((factor) => factor.indices)]);
  return {
    factors: rest,
    extent: new Map([...extent].filter(([index]) => left.has(index))),
    readFactor: (factor) => (factor === whole ? tree : readFactor(factor)),
  };
}
