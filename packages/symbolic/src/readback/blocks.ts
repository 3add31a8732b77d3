import type { NotationNode } from "@fluxion/core";
import { call, chainTree, symmetricTree, transposeTree } from "../display/tree.ts";
import { clusterAt, type Cluster } from "../ir/cluster.ts";
import { type Connected, isMerge, type MergeFactor, tensorOf } from "../ir/kronecker.ts";
import type { Dimension, Factor, TensorNode } from "../ir/node.ts";
import type { Store } from "../ir/store.ts";
import { lengthTree } from "./reader.ts";

/** Factors that together are a matrix or a vector at some indices, and how it is written. */
export interface Reading {
  readonly indices: readonly number[];
  readonly used: readonly Factor[];
  readonly tree: NotationNode;
}

type Read = (node: TensorNode) => NotationNode | undefined;

/**
 * Sums over blocks of a matrix. No function of the notation takes blocks apart, but Kronecker products with identities do:
 * Σ_jl P[(i,j),(k,l)] X[j,l] is kron(I, vec(I)')·kron(P, I)·kron(I, vec(X)), and Σ_j Q[j,(i,j)] is kron(I, vec(I)')·vec(Q),
 * each by writing its entry out; with a vector, Σ_j M[p,i,j] b[j] is kron(I, b) at p and i.
 */
export function blockReadings(store: Store, network: Connected, read: Read): readonly Reading[] {
  const merges = network.factors.filter(isMerge);
  return merges.flatMap((first) => [
    ...withVector(store, network, read, first),
    ...aroundLoop(store, network, read, first),
    ...merges.flatMap((second) =>
      second === first ? [] : betweenPairs(store, network, read, first, second),
    ),
  ]);
}

const identity = (length: Dimension): NotationNode => symmetricTree(call("eye", lengthTree(length)));
const transposed = (tree: NotationNode): NotationNode => transposeTree(tree, new Set());
const kron = (left: NotationNode, right: NotationNode): NotationNode => call("kron", left, right);
const flipped = (right: NotationNode, left: NotationNode): NotationNode => call("kron", left, right);
const product = (...parts: readonly NotationNode[]): NotationNode => chainTree("*", parts);
const vecOfIdentity = (length: Dimension): NotationNode => call("vec", identity(length));

/** Whether a formula holds the identities that take blocks apart: it is long to evaluate as it is written. */
export function takesBlocksApart(tree: NotationNode): boolean {
  switch (tree.kind) {
    case "call": {
      const [operand] = tree.operands;
      const isVecOfIdentity = tree.name === "vec" && operand?.kind === "call" && operand.name === "eye";
      return isVecOfIdentity || tree.operands.some(takesBlocksApart);
    }
    case "binary":
      return takesBlocksApart(tree.left) || takesBlocksApart(tree.right);
    case "negate":
    case "transpose":
      return takesBlocksApart(tree.operand);
    default:
      return false;
  }
}

/** Whether a part of the network touches neither the result nor some indices. */
const isApart = ({ pinned }: Connected, { indices }: Cluster, ...others: readonly number[]): boolean =>
  ![...pinned, ...others].some((index) => indices.has(index));

/** Σ_j M[p,i,j] b_j is kron(I, b) at p and i; Σ_i M[p,i,j] a_i is kron(a, I) at p and j. */
function withVector(store: Store, network: Connected, read: Read, factor: MergeFactor): readonly Reading[] {
  const [p, i, j] = factor.indices;
  const rest = network.factors.filter((other) => other !== factor);
  return [[i, j] as const, [j, i] as const].flatMap(([kept, gone]): readonly Reading[] => {
    const cluster = clusterAt(rest, gone);
    if (!isApart(network, cluster, p, kept)) return [];
    const vector = read(tensorOf(store, network, cluster, [gone]));
    if (vector === undefined) return [];
    const whole = identity(network.extent.get(kept)!);
    const tree = gone === j ? kron(whole, vector) : kron(vector, whole);
    return [{ indices: [p, kept], used: [factor, ...cluster.factors], tree }];
  });
}

/** Σ_jp M[p,i,j] Q[j,p] at i, and Σ_ip M[p,i,j] Q[p,i] at j. */
function aroundLoop(store: Store, network: Connected, read: Read, factor: MergeFactor): readonly Reading[] {
  const [p, i, j] = factor.indices;
  const rest = network.factors.filter((other) => other !== factor);
  return [[i, j] as const, [j, i] as const].flatMap(([kept, gone]): readonly Reading[] => {
    const cluster = clusterAt(rest, gone);
    if (!cluster.indices.has(p) || !isApart(network, cluster, kept)) return [];
    const matrix = read(tensorOf(store, network, cluster, gone === j ? [j, p] : [p, i]));
    if (matrix === undefined) return [];
    const [whole, inner] = [kept, gone].map((index) => network.extent.get(index)!) as [Dimension, Dimension];
    const trace = transposed(vecOfIdentity(inner));
    const blocks = gone === j ? kron(identity(whole), trace) : kron(trace, identity(whole));
    return [
      { indices: [kept], used: [factor, ...cluster.factors], tree: product(blocks, call("vec", matrix)) },
    ];
  });
}

/** Σ_jl P[(i,j),(k,l)] X[j,l] at i and k, and Σ_ik P[(i,j),(k,l)] X[i,k] at j and l. */
function betweenPairs(
  store: Store,
  network: Connected,
  read: Read,
  first: MergeFactor,
  second: MergeFactor,
): readonly Reading[] {
  const [p, i, j] = first.indices;
  const [q, k, l] = second.indices;
  const rest = network.factors.filter((other) => other !== first && other !== second);
  const outer = clusterAt(rest, p);
  if (p === q || !outer.indices.has(q) || !isApart(network, outer, i, j, k, l)) return [];
  const large = read(tensorOf(store, network, outer, [p, q]));
  if (large === undefined) return [];
  const [inFirst, inSecond] = [{ kept: [i, k], gone: [j, l], pair: kron }, { kept: [j, l], gone: [i, k], pair: flipped }] as const; // prettier-ignore
  return [inFirst, inSecond].flatMap(({ kept, gone, pair }): readonly Reading[] => {
    const inner = clusterAt(rest, gone[0]);
    if (kept[0] === kept[1] || !inner.indices.has(gone[1]) || !isApart(network, inner, ...kept, p, q))
      return [];
    const stacked = (rows: number, columns: number): NotationNode | undefined => {
      const matrix = read(tensorOf(store, network, inner, pair === kron ? [rows, columns] : [columns, rows]));
      return matrix && call("vec", matrix);
    };
    const [left, right] = kept.map((index) => identity(network.extent.get(index)!)) as [NotationNode, NotationNode]; // prettier-ignore
    // X = I·X = X·I: the matrix stands at either end.
    return gone.flatMap((shared, place): readonly Reading[] => {
      const own = place === 0 ? stacked(gone[0], gone[1]) : stacked(gone[1], gone[0]);
      if (own === undefined) return [];
      const whole = identity(network.extent.get(shared)!);
      const ends = place === 0 ? [call("vec", whole), own] as const : [own, call("vec", whole)] as const; // prettier-ignore
      const tree = product(pair(left, transposed(ends[0])), pair(large, whole), pair(right, ends[1]));
      return [{ indices: kept, used: [first, second, ...outer.factors, ...inner.factors], tree }];
    });
  });
}
