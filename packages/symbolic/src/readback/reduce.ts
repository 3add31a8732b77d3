import { binary, call, diagonalTree } from "../display/tree.ts";
import { spend } from "../effort.ts";
import { joinChain, transposeChain, type Chain } from "./chain.ts";
import { hadamard, oriented, type Edge, type Network, type Pendant } from "./network.ts";
import type { Preference } from "./preferences.ts";
import type { Reader } from "./reader.ts";

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
export function isReduced({ pinned, edges, pendants }: Network): boolean {
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
