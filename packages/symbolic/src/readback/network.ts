import type { NotationNode } from "@fluxion/core";
import { binary, call, chainTree, fraction, groupedTree, integer } from "../display/tree.ts";
import { areEqual } from "../display/equal.ts";
import type { Dimension, Factor } from "../ir/node.ts";
import * as Q from "../ir/rational.ts";
import { joinChain, transposeChain, type Chain } from "./chain.ts";
import { lengthTree, type Reader } from "./reader.ts";

/** A matrix between two indices, its rows at `from`. `under` means that it divides elementwise. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly chain: Chain;
  readonly under: boolean;
}

/** A vector at an index. `square` is the base of an elementwise square. */
export interface Pendant {
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
      const isSquare = Q.equals(factor.power, Q.two);
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
  const counts: { readonly tree: NotationNode; count: bigint }[] = [];
  for (const { chain } of pendants) {
    const tree = groupedTree(joinChain(reader, chain));
    const known = counts.find((other) => areEqual(other.tree, tree));
    if (known === undefined) counts.push({ tree, count: 1n });
    else known.count++;
  }
  return counts.map(({ tree, count }) => (count === 1n ? tree : binary(".^", tree, integer(count))));
}

/** The edge's matrix with its rows at `start`. */
export function oriented(reader: Reader, edge: Edge, start: number): Chain {
  const chain = edge.under ? [binary("./", integer(1n), joinChain(reader, edge.chain))] : edge.chain;
  return edge.from === start ? chain : transposeChain(reader, chain);
}
