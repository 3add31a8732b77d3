import { call, diagonalTree, flattenChain, transposeTree } from "../display/tree.ts";
import { joinChain, transposeChain, type Chain } from "./chain.ts";
import { hadamard, oriented, type Network, type Pendant } from "./network.ts";
import type { Reader } from "./reader.ts";

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
