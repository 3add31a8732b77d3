import type { NotationNode } from "@fluxion/core";
import {
  binary,
  call,
  chainTree,
  diagonalTree,
  flattenChain,
  fraction,
  groupedTree,
  integer,
  transposeTree,
} from "../display/tree.ts";
import { keyOfTree } from "../display/text.ts";
import { spend } from "../effort.ts";
import type { Dimension, Factor } from "../ir/node.ts";
import * as Q from "../ir/rational.ts";
import { joinChain, transposeChain, type Chain } from "./chain.ts";
import { lengthTree, type Reader } from "./reader.ts";

/** A matrix between two indices, its rows at `from`. `under` means that it divides elementwise. */
interface Edge {
  readonly from: number;
  readonly to: number;
  readonly chain: Chain;
  readonly under: boolean;
}

/** A vector at an index. `square` is the base of an elementwise square. */
interface Pendant {
  readonly chain: Chain;
  readonly under: boolean;
  readonly square?: NotationNode;
  /** The matrix whose diagonal the vector is. */
  readonly loop?: NotationNode;
}

/** An einsum term as a graph: indices are vertices, matrices edges, vectors pendants; the result's indices are pinned. */
export interface Network {
  readonly pinned: readonly number[];
  readonly extent: ReadonlyMap<number, Dimension>;
  readonly edges: readonly Edge[];
  readonly pendants: ReadonlyMap<number, readonly Pendant[]>;
}

/** Which move to prefer where several apply; the shortest result is kept. */
export interface Preference {
  readonly parallelFirst: boolean;
  readonly backwards: boolean;
  /** Whether vectors at both ends of a matrix become an outer product: (a*b').*M rather than diag(a)*M*diag(b). */
  readonly outer: boolean;
}

/** node^power elementwise, as a matrix or a column; a negative power goes under a fraction bar. */
function powered(
  base: NotationNode,
  power: Q.Rational,
): { readonly tree: NotationNode; readonly under: boolean } {
  const size = Q.absolute(power);
  const under = Q.isNegative(power);
  if (Q.isOne(size)) return { tree: base, under };
  if (Q.equals(size, Q.half)) return { tree: call("sqrt", base), under };
  return { tree: binary(".^", base, fraction(size)), under };
}

/** The graph of some factors; undefined if one of them has more than two axes or cannot be read. */
export function buildNetwork(
  factors: readonly Factor[],
  pinned: readonly number[],
  extent: ReadonlyMap<number, Dimension>,
  readFactor: (node: Factor) => NotationNode | undefined,
): Network | undefined {
  const edges: Edge[] = [];
  const pendants = new Map<number, Pendant[]>([...extent.keys()].map((index) => [index, []]));
  for (const factor of factors) {
    const base = readFactor(factor);
    if (base === undefined || factor.indices.length > 2) return undefined;
    const { tree, under } = powered(base, factor.power);
    const [from, to] = factor.indices as readonly [number, number?];
    if (to === undefined) {
      const isSquare = Q.equals(factor.power, Q.rational(2));
      pendants.get(from)!.push(isSquare ? { chain: [tree], under, square: base } : { chain: [tree], under });
    } else if (to === from) pendants.get(from)!.push({ chain: [call("diag", tree)], under, loop: tree });
    else edges.push({ from, to, chain: [tree], under });
  }
  return { pinned, extent, edges, pendants };
}

/** Vectors at one index, multiplied and divided elementwise; ones if there is none. */
export function hadamard(reader: Reader, pendants: readonly Pendant[], length: Dimension): Chain {
  const over = pendants.filter((pendant) => !pendant.under);
  const under = pendants.filter((pendant) => pendant.under);
  if (pendants.length === 0) return [call("ones", lengthTree(length))];
  if (over.length === 1 && under.length === 0) return over[0]!.chain;
  const numerator = over.length === 0 ? integer(1n) : chainTree(".*", powersOf(reader, over));
  return [powersOf(reader, under).reduce((left, tree) => binary("./", left, tree), numerator)];
}

/** Equal vectors as one elementwise power: (A*x).*(A*x) is (A*x).^2. */
function powersOf(reader: Reader, pendants: readonly Pendant[]): readonly NotationNode[] {
  const counts = new Map<string, { readonly tree: NotationNode; count: bigint }>();
  for (const { chain } of pendants) {
    const tree = groupedTree(joinChain(reader, chain));
    const key = keyOfTree(tree);
    const known = counts.get(key) ?? { tree, count: 0n };
    known.count++;
    counts.set(key, known);
  }
  return [...counts.values()].map(({ tree, count }) =>
    count === 1n ? tree : binary(".^", tree, integer(count)),
  );
}

/** The edge's matrix with its rows at `start`. */
function oriented(reader: Reader, edge: Edge, start: number): Chain {
  const chain = edge.under ? [binary("./", integer(1n), joinChain(reader, edge.chain))] : edge.chain;
  return edge.from === start ? chain : transposeChain(reader, chain);
}

const otherEnd = (edge: Edge, end: number): number => (edge.from === end ? edge.to : edge.from);

/** Series-parallel reduction until only pinned vertices, or one vertex, are left; undefined if it gets stuck. */
export function reduceNetwork(reader: Reader, start: Network, preference: Preference): Network | undefined {
  let network = start;
  const ordered = preference.parallelFirst
    ? [foldLoop, mergeParallel, foldDeadEnd, joinSeries]
    : [foldLoop, foldDeadEnd, joinSeries, mergeParallel];
  const moves = preference.outer ? [foldOuter, ...ordered] : ordered;
  for (;;) {
    spend(network.edges.length + network.pendants.size);
    if (isReduced(network)) return (preference.outer && foldOuter(reader, network, preference)) || network;
    let next: Network | undefined;
    for (const move of moves) if ((next = move(reader, network, preference)) !== undefined) break;
    if (next === undefined) return undefined;
    network = next;
  }
}

/** Whether nothing but pinned vertices is left, joined by at most one edge, or a single vertex with at most a loop. */
function isReduced({ pinned, edges, pendants }: Network): boolean {
  const vertices = [...pendants.keys()];
  const loops = edges.filter((edge) => edge.from === edge.to);
  if (pinned.length === 0) {
    const bare = vertices.length === 1 && pendants.get(vertices[0]!)!.length === 0;
    return vertices.length === 1 && (edges.length === 0 || (bare && edges.length === 1));
  }
  return vertices.length === pinned.length && loops.length === 0 && edges.length <= 1;
}

type Move = (reader: Reader, network: Network, preference: Preference) => Network | undefined;

const free = (network: Network, { backwards }: Preference): readonly number[] => {
  const list = [...network.pendants.keys()].filter((index) => !network.pinned.includes(index));
  return backwards ? list.reverse() : list;
};

const without = (map: Network["pendants"], index: number): Map<number, readonly Pendant[]> => {
  const copy = new Map(map);
  copy.delete(index);
  return copy;
};

/** A loop M_ii is the vector diag(M) at i. */
const foldLoop: Move = (reader, network) => {
  const loop = network.edges.find((edge) => edge.from === edge.to);
  if (loop === undefined) return undefined;
  const pendants = new Map(network.pendants);
  const matrix = joinChain(reader, loop.chain);
  const own = { chain: [call("diag", matrix)], under: loop.under, loop: matrix };
  pendants.set(loop.from, [...pendants.get(loop.from)!, own]);
  return { ...network, edges: network.edges.filter((edge) => edge !== loop), pendants };
};

/** Two matrices between the same indices are one elementwise product. */
const mergeParallel: Move = (reader, network) => {
  for (const first of network.edges) {
    const second = network.edges.find(
      (edge) =>
        edge !== first &&
        new Set([edge.from, edge.to, first.from, first.to]).size === 2 &&
        edge.from !== edge.to,
    );
    if (second === undefined || first.from === first.to) continue;
    const [over, under] = first.under && !second.under ? [second, first] : [first, second];
    const left = joinChain(reader, over.chain);
    const right = joinChain(
      reader,
      under.from === over.from ? under.chain : transposeChain(reader, under.chain),
    );
    const operator = under.under && !over.under ? "./" : ".*";
    const merged: Edge = {
      ...over,
      chain: [binary(operator, left, right)],
      under: over.under && under.under,
    };
    return {
      ...network,
      edges: [...network.edges.filter((edge) => edge !== first && edge !== second), merged],
    };
  }
  return undefined;
};

/** A vertex with one edge is summed: (M, v) becomes the vector M*v at the other end. */
const foldDeadEnd: Move = (reader, network, preference) => {
  if (network.pendants.size === 1) return undefined;
  for (const index of free(network, preference)) {
    const incident = network.edges.filter((edge) => edge.from === index || edge.to === index);
    if (incident.length !== 1 || incident[0]!.from === incident[0]!.to) continue;
    const end = otherEnd(incident[0]!, index);
    const vector = hadamard(reader, network.pendants.get(index)!, network.extent.get(index)!);
    const chain = [...oriented(reader, incident[0]!, end), ...vector];
    const pendants = without(network.pendants, index);
    pendants.set(end, [...pendants.get(end)!, { chain, under: false }]);
    return { ...network, edges: network.edges.filter((edge) => edge !== incident[0]), pendants };
  }
  return undefined;
};

/** A vertex with two edges is a matrix product, with diag(v) between if there is a vector. */
const joinSeries: Move = (reader, network, preference) => {
  for (const index of free(network, preference)) {
    const incident = network.edges.filter((edge) => edge.from === index || edge.to === index);
    if (incident.length !== 2 || incident.some((edge) => edge.from === edge.to)) continue;
    const [first, second] = incident as [Edge, Edge];
    const [from, to] = [otherEnd(first, index), otherEnd(second, index)];
    const own = network.pendants.get(index)!;
    const middle =
      own.length === 0
        ? []
        : [diagonalTree(joinChain(reader, hadamard(reader, own, network.extent.get(index)!)))];
    const chain = [...oriented(reader, first, from), ...middle, ...oriented(reader, second, index)];
    const edges = [
      ...network.edges.filter((edge) => !incident.includes(edge)),
      { from, to, chain, under: false },
    ];
    return { ...network, edges, pendants: without(network.pendants, index) };
  }
  return undefined;
};

/** Whether an edge has vectors at both ends, and neither end would fold into a vector by itself. */
const hasOuter = ({ pinned, edges, pendants }: Network, { from, to }: Edge): boolean =>
  from !== to &&
  [from, to].every(
    (end) =>
      pendants.get(end)!.length > 0 &&
      (pinned.includes(end) || edges.filter((edge) => edge.from === end || edge.to === end).length > 1),
  );

/** a_i M_ij b_j is (a*b').*M. */
const foldOuter: Move = (reader, network) => {
  const edge = network.edges.find((candidate) => hasOuter(network, candidate));
  if (edge === undefined) return undefined;
  const [left, right] = [edge.from, edge.to].map((end) =>
    hadamard(reader, network.pendants.get(end)!, network.extent.get(end)!),
  ) as [Chain, Chain];
  const pair = joinChain(reader, [...left, ...transposeChain(reader, right)]);
  const matrix = joinChain(reader, edge.chain);
  const merged: Edge = {
    ...edge,
    chain: [binary(edge.under ? "./" : ".*", pair, matrix)],
    under: false,
  };
  const pendants = new Map(network.pendants).set(edge.from, []).set(edge.to, []);
  return { ...network, edges: network.edges.map((other) => (other === edge ? merged : other)), pendants };
};

/** The reduced graph as a product, from the first pinned index to the second. */
export function readReduced(reader: Reader, network: Network): readonly Chain[] {
  const { pinned, extent, edges, pendants } = network;
  const at = (index: number): Chain => hadamard(reader, pendants.get(index)!, extent.get(index)!);
  if (pinned.length === 0) return closedChains(reader, network);
  const [first, second] = pinned as readonly [number, number?];
  if (second === undefined) return [at(first)];
  if (edges.length === 0) return [[...at(first), ...transposeChain(reader, at(second))]];
  const scaled = (index: number): Chain =>
    pendants.get(index)!.length === 0 ? [] : [diagonalTree(joinChain(reader, at(index)))];
  return [[...scaled(first), ...oriented(reader, edges[0]!, first), ...scaled(second)]];
}

/** tr(A*B*C) = tr(B*C*A) = tr(C*A*B), and the transposes of these. */
function traces(reader: Reader, chain: Chain): readonly Chain[] {
  const around = chain.flatMap((part) => flattenChain("*", part));
  return [around, transposeChain(reader, around)].flatMap((round) =>
    round.map((_, start) => [
      call("tr", joinChain(reader, [...round.slice(start), ...round.slice(0, start)])),
    ]),
  );
}

/** Σ_i over what is left at i: a trace, a scalar product, or a sum. */
function closedChains(reader: Reader, { extent, edges, pendants }: Network): readonly Chain[] {
  const [[index, own]] = [...pendants] as [[number, readonly Pendant[]]];
  const [loop] = edges;
  if (loop !== undefined) return traces(reader, oriented(reader, loop, loop.from));
  const over = own.filter((pendant) => !pendant.under);
  if (own.length === 1) {
    const { square, loop: matrix, under } = own[0]!;
    if (matrix !== undefined && !under) return [[call("tr", matrix)]];
    if (square !== undefined) return [[transposeTree(square, reader.symmetric), square]];
    return [[call("sum", joinChain(reader, hadamard(reader, own, extent.get(index)!)))]];
  }
  return over.map((pendant) => {
    const rest = own.filter((other) => other !== pendant);
    return [...transposeChain(reader, pendant.chain), ...hadamard(reader, rest, extent.get(index)!)];
  });
}
