import { clusterAt, type Cluster } from "./cluster.ts";
import { type Dimension, type Factor, type Merge, orderOf, type TensorNode } from "./node.ts";
import { axes, einsum } from "./product.ts";
import * as Q from "./rational.ts";
import { merge } from "./merges.ts";
import { delta, type Store } from "./store.ts";
import { transposed } from "./transposed.ts";

/** Factors that together are vec(A), kron(A, B), unvec(v, m, n) or dexpm(A, E), at one or two indices. */
export interface Grouping {
  readonly name: "vec" | "kron" | "unvec" | "dexpm";
  readonly operands: readonly TensorNode[];
  readonly indices: readonly number[];
  readonly used: readonly Factor[];
}

/** A product as a network: factors, the indices of its result, and the length of every index. */
export interface Connected {
  readonly factors: readonly Factor[];
  readonly pinned: readonly number[];
  readonly extent: ReadonlyMap<number, Dimension>;
}

/** A factor that makes a pair of indices one. */
export type MergeFactor = Factor & {
  readonly node: Merge;
  readonly indices: readonly [number, number, number];
};

export const isMerge = (factor: Factor): factor is MergeFactor => factor.node.kind === "merge";

/** Every way to read some of the factors so. Each way uses a merge, or the derivative of expm. */
export function groupings(store: Store, network: Connected): readonly Grouping[] {
  const merges = network.factors.filter(isMerge);
  const derivatives = network.factors.flatMap((factor) => alongs(store, network, factor));
  const merged = merges.flatMap((first) => [
    ...single(store, network, first),
    ...merges.flatMap((second) => (second === first ? [] : pair(store, network, first, second))),
  ]);
  return [...derivatives, ...merged];
}

/** Σ_kl D_ijkl E_kl = dexpm(A, E)_ij, and Σ_ij D_ijkl E_ji = dexpm(A, E)_lk, where D is the derivative of expm at A. */
function alongs(store: Store, network: Connected, factor: Factor): readonly Grouping[] {
  if (
    factor.node.kind !== "head" ||
    factor.node.name !== "dexpm" ||
    !Q.isOne(factor.power) ||
    orderOf(factor.node) > 1
  )
    return [];
  const { operand } = factor.node;
  const rest = network.factors.filter((other) => other !== factor);
  const [i, j, k, l] = factor.indices as [number, number, number, number];
  return ([[i, j, k, l], [l, k, j, i]] as const).flatMap(([from, to, row, column]): readonly Grouping[] => {
    // An outer product hangs on the two indices in two parts.
    const [atRow, atColumn] = [clusterAt(rest, row), clusterAt(rest, column)];
    const parts = atRow.indices.has(column) ? [atRow] : [atRow, atColumn];
    const cluster: Cluster = {
      indices: new Set(parts.flatMap((part) => [...part.indices])),
      factors: parts.flatMap((part) => part.factors),
    };
    if (from === to || [...network.pinned, from, to].some((index) => cluster.indices.has(index))) return [];
    const along = tensorOf(store, network, cluster, [row, column]);
    return [{ name: "dexpm", operands: [operand, along], indices: [from, to], used: [factor, ...cluster.factors] }];
  }); // prettier-ignore
}

/** The tensor that a cluster is, at some of its indices; an index that is asked for twice makes it a diagonal. */
export function tensorOf(
  store: Store,
  { extent }: Connected,
  cluster: Cluster,
  indices: readonly number[],
): TensorNode {
  const dims = indices.map((index) => extent.get(index)!);
  if (indices.length === 2 && indices[0] === indices[1]) {
    const fresh = Math.max(...extent.keys()) + 1;
    const diagonal = { node: delta(store, dims[0]!), indices: [indices[0]!, fresh] };
    return einsum(store, Q.one, [...cluster.factors, diagonal], [indices[0]!, fresh], dims);
  }
  return einsum(store, Q.one, cluster.factors, indices, dims);
}

function single(store: Store, network: Connected, factor: MergeFactor): readonly Grouping[] {
  const [p, i, j] = factor.indices;
  const rest = network.factors.filter((other) => other !== factor);
  const [atP, atI, atJ] = [p, i, j].map((index) => clusterAt(rest, index)) as [Cluster, Cluster, Cluster];
  const pinsOf = (cluster: Cluster): readonly number[] => network.pinned.filter((index) => cluster.indices.has(index)); // prettier-ignore
  const hangs = (cluster: Cluster, ...others: readonly number[]): boolean =>
    pinsOf(cluster).length === 0 && !others.some((index) => cluster.indices.has(index));
  const as = (
    name: Grouping["name"],
    operands: readonly TensorNode[],
    indices: readonly number[],
    ...clusters: readonly Cluster[]
  ): Grouping => ({ name, operands, indices, used: [factor, ...clusters.flatMap((cluster) => cluster.factors)] }); // prettier-ignore
  const tensor = (cluster: Cluster, ...indices: readonly number[]): TensorNode =>
    tensorOf(store, network, cluster, indices);

  const found: Grouping[] = [];
  if (hangs(atI, p) && atI.indices.has(j)) found.push(as("vec", [tensor(atI, j, i)], [p], atI));
  else if (hangs(atI, p, j) && hangs(atJ, p)) found.push(as("kron", [tensor(atI, i), tensor(atJ, j)], [p], atI, atJ)); // prettier-ignore
  if (hangs(atP, i, j) && atP.factors.length > 0) found.push(as("unvec", [tensor(atP, p)], [j, i], atP));
  // kron(A, b) and kron(a, B): one side ends in the result's other index.
  const [endI, endJ] = [pinsOf(atI), pinsOf(atJ)];
  if (endI.length === 1 && !atI.indices.has(p) && hangs(atJ, p, i))
    found.push(as("kron", [tensor(atI, i, endI[0]!), tensor(atJ, j)], [p, endI[0]!], atI, atJ));
  if (endJ.length === 1 && !atJ.indices.has(p) && hangs(atI, p, j))
    found.push(as("kron", [tensor(atI, i), tensor(atJ, j, endJ[0]!)], [p, endJ[0]!], atI, atJ));
  return found;
}

function pair(
  store: Store,
  network: Connected,
  first: MergeFactor,
  second: MergeFactor,
): readonly Grouping[] {
  const [p, i, j] = first.indices;
  const [q, k, l] = second.indices;
  const rest = network.factors.filter((other) => other !== first && other !== second);
  const [left, right] = [clusterAt(rest, i), clusterAt(rest, j)];
  const outer = new Set([p, q, ...network.pinned]);
  const fits =
    p !== q && left.indices.has(k) && right.indices.has(l) && !left.indices.has(j) &&
    [left, right].every(({ indices }) => [...indices].every((index) => !outer.has(index))); // prettier-ignore
  if (!fits) return [];
  const operands = [tensorOf(store, network, left, [i, k]), tensorOf(store, network, right, [j, l])];
  return [{ name: "kron", operands, indices: [p, q], used: [first, second, ...left.factors, ...right.factors] }]; // prettier-ignore
}

/** A and B, if the matrix is kron(A, B). */
export function splitKronecker(
  store: Store,
  node: TensorNode,
): { readonly left: TensorNode; readonly right: TensorNode } | undefined {
  if (node.kind !== "product" || node.dims.length !== 2 || !node.factors.some(isMerge)) return undefined;
  const extent = new Map([...node.dims, ...node.bound].map((length, index) => [index, length]));
  const network = { factors: node.factors, pinned: axes(2), extent };
  for (const { name, operands, indices, used } of groupings(store, network)) {
    const [left, right] = operands as readonly [TensorNode, TensorNode?];
    const whole = name === "kron" && used.length === node.factors.length && Q.isOne(node.coefficient);
    if (!whole || indices.length !== 2 || left.dims.length !== 2 || right?.dims.length !== 2) continue;
    return indices[0] === 0
      ? { left, right }
      : { left: transposed(store, left), right: transposed(store, right) };
  }
  return undefined;
}

/** The Kronecker product of two matrices. */
export function kron(store: Store, a: TensorNode, b: TensorNode): TensorNode {
  const [rows, columns] = [0, 1].map((axis) => merge(store, a.dims[axis]!, b.dims[axis]!)) as [Merge, Merge];
  const factors = [
    { node: rows, indices: [0, 2, 3] }, { node: columns, indices: [1, 4, 5] },
    { node: a, indices: [2, 4] }, { node: b, indices: [3, 5] },
  ]; // prettier-ignore
  return einsum(store, Q.one, factors, [0, 1], [rows.dims[0]!, columns.dims[0]!]);
}
