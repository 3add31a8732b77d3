import type { CallNode, NotationNode } from "@fluxion/core";
import { binary, call, chainTree, flattenChain, integer, transposeTree } from "../display/tree.ts";
import { areEqual } from "../display/equal.ts";
import type { Reader } from "./reader.ts";

/** A matrix product as a list. */
export type Chain = readonly NotationNode[];

export const transposeChain = (reader: Reader, chain: Chain): Chain =>
  [...chain].reverse().map((part) => transposeTree(part, reader.symmetric));

/** The product as one tree, as short as it gets. */
export const joinChain = (reader: Reader, chain: Chain): NotationNode =>
  chainTree("*", compressChain(reader, chain));

/** A product, as short as it gets, where a single part may be a product itself. */
export const shortened = (reader: Reader, chain: Chain): Chain =>
  compressChain(reader, chain.length === 1 ? flattenChain("*", chain[0]!) : chain);

/** Equal matrices in a row, and how many. */
interface Run {
  readonly tree: NotationNode;
  count: number;
}

/**
 * A*A*A = A^3, A*B*A*B = (A*B)^2, inv(B)*inv(A) = inv(A*B), ones(m)*ones(n)' = ones(m, n), and A'*B' = (B*A)' where
 * nothing else is left.
 */
function compressChain(reader: Reader, chain: Chain): Chain {
  if (chain.length < 2) return chain;
  const runs: Run[] = [];
  // Products inside a product of matrices need no parentheses.
  for (const tree of chain.flatMap((part) => flattenChain("*", part))) {
    const last = runs.at(-1);
    if (last !== undefined && areEqual(last.tree, tree)) last.count++;
    else runs.push({ tree, count: 1 });
  }
  const powers = joinRepetitions(joinOnes(joinInverses(runs).map(powerTree)));
  const allTransposed = powers.length > 1 && powers.every((tree) => tree.kind === "transpose");
  if (!allTransposed) return powers;
  const upright = transposeChain(reader, powers).flatMap((part) => flattenChain("*", part));
  return [transposeTree(chainTree("*", upright), reader.symmetric)];
}

const powerTree = ({ tree, count }: Run): NotationNode =>
  count === 1 ? tree : binary("^", tree, integer(BigInt(count)));

const callOf = (tree: NotationNode, name: string): CallNode | undefined =>
  tree.kind === "call" && tree.name === name ? tree : undefined;

/** inv(B)*inv(A) = inv(A*B), inv(B)'*inv(A)' = inv(B*A)' */
function joinInverses(runs: readonly Run[]): readonly Run[] {
  const result: Run[] = [];
  for (let start = 0; start < runs.length;) {
    const { tree } = runs[start]!;
    const turned = tree.kind === "transpose";
    const inverseOf = (run: Run): CallNode | undefined =>
      turned === (run.tree.kind === "transpose")
        ? callOf(run.tree.kind === "transpose" ? run.tree.operand : run.tree, "inv")
        : undefined;
    let end = start;
    while (end < runs.length && inverseOf(runs[end]!) !== undefined) end++;
    if (end - start < 2) {
      result.push(runs[start]!);
      start++;
      continue;
    }
    const operands = runs.slice(start, end).map((run) => ({ ...run, tree: inverseOf(run)!.operands[0]! }));
    const ordered = turned ? operands : operands.reverse();
    const inverse = call("inv", chainTree("*", ordered.map(powerTree).flatMap((part) => flattenChain("*", part)))); // prettier-ignore
    result.push({ tree: turned ? transposeTree(inverse, new Set()) : inverse, count: 1 });
    start = end;
  }
  return result;
}

/** ones(m)*ones(n)' = ones(m, n) */
function joinOnes(trees: readonly NotationNode[]): readonly NotationNode[] {
  const result: NotationNode[] = [];
  for (const tree of trees) {
    const column = callOf(result.at(-1) ?? tree, "ones");
    const row = tree.kind === "transpose" ? callOf(tree.operand, "ones") : undefined;
    if (result.length > 0 && column?.operands.length === 1 && row?.operands.length === 1)
      result[result.length - 1] = call("ones", column.operands[0]!, row.operands[0]!);
    else result.push(tree);
  }
  return result;
}

/** A*B*A*B*C = (A*B)^2*C: the repetition that takes in most factors. */
function joinRepetitions(trees: readonly NotationNode[]): readonly NotationNode[] {
  if (trees.length < 4) return trees;
  const repeats = (at: number, period: number): boolean =>
    at < trees.length && areEqual(trees[at]!, trees[at - period]!);
  let best = { start: 0, period: 0, count: 1 };
  for (let period = 2; 2 * period <= trees.length; period++) {
    for (let start = 0; start + 2 * period <= trees.length; start++) {
      let end = start + period;
      while (repeats(end, period)) end++;
      const count = Math.floor((end - start) / period);
      if (count > 1 && (count - 1) * period > (best.count - 1) * best.period) best = { start, period, count };
    }
  }
  const { start, period, count } = best;
  if (count < 2) return trees;
  const block = chainTree("*", trees.slice(start, start + period));
  return [
    ...trees.slice(0, start),
    binary("^", block, integer(BigInt(count))),
    ...trees.slice(start + count * period),
  ];
}
