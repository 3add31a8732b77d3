import type { NotationNode } from "@fluxion/core";
import { childrenOf } from "../display/cost.ts";
import type { Atom } from "./syntax.ts";

/** The indices that a part of a formula reads and does not bind, each as often as it is read. */
export type Reads = (tree: NotationNode) => readonly string[];

/** Where each index that is bound nowhere is summed: at a product that holds it twice. */
export type ImplicitSums = ReadonlyMap<NotationNode, readonly string[]>;

/** The indices that an atom reads, without those that it binds itself. */
export function readsOfAtom(atom: Atom): readonly string[] {
  if (atom.kind !== "sum") return atom.indices.map(({ name }) => name);
  const own = new Set(atom.indices.map(({ name }) => name));
  return readsIn(atom.body.tree, atom.body.atoms).filter((name) => !own.has(name));
}

/** The indices that a tree reads; no recursion beyond what the parser allows. */
export function readsIn(tree: NotationNode, atoms: readonly Atom[]): readonly string[] {
  if (tree.kind === "placeholder") return readsOfAtom(atoms[tree.index]!);
  return childrenOf(tree).flatMap((child) => readsIn(child, atoms));
}

/**
 * Einstein's convention: in each term, an index that is not bound and occurs in two factors is summed over the product of
 * all factors; one that occurs in a single factor is summed within it, if that is a sum, a power or a function.
 */
export function implicitSums(
  tree: NotationNode,
  atoms: readonly Atom[],
  isBound: (name: string) => boolean,
): ImplicitSums {
  const memo = new Map<NotationNode, readonly string[]>();
  const reads: Reads = (part) => {
    const known = memo.get(part) ?? readsIn(part, atoms).filter((name) => !isBound(name));
    memo.set(part, known);
    return known;
  };
  const sums = new Map<NotationNode, readonly string[]>();
  visitTerms(tree, new Set(), { reads, sums });
  return sums;
}

interface Search {
  readonly reads: Reads;
  readonly sums: Map<NotationNode, readonly string[]>;
}

/** Looks at each term of a sum for the indices that nothing around it sums over. */
function visitTerms(tree: NotationNode, summed: ReadonlySet<string>, search: Search): void {
  if (tree.kind === "binary" && (tree.operator === "+" || tree.operator === "-")) {
    visitTerms(tree.left, summed, search);
    visitTerms(tree.right, summed, search);
    return;
  }
  const factors = factorsOf(tree);
  const here = new Set<string>();
  for (const name of new Set(search.reads(tree))) {
    if (summed.has(name)) continue;
    const holding = factors.filter((factor) => search.reads(factor).includes(name));
    const [only] = holding;
    const repeated =
      holding.length === 1 &&
      only!.kind === "placeholder" &&
      search.reads(only!).filter((other) => other === name).length > 1;
    if (holding.length > 1 || repeated) here.add(name);
  }
  if (here.size > 0) search.sums.set(tree, [...here]);
  const inside = new Set([...summed, ...here]);
  for (const factor of factors)
    if (factor !== tree || factor.kind !== "placeholder")
      for (const part of partsOfFactor(factor)) visitTerms(part, inside, search);
}

/** a*b/c as its factors; a sign is no factor. */
function factorsOf(tree: NotationNode): readonly NotationNode[] {
  if (tree.kind === "negate") return factorsOf(tree.operand);
  if (tree.kind === "binary" && (tree.operator === "*" || tree.operator === "/"))
    return [...factorsOf(tree.left), ...factorsOf(tree.right)];
  return [tree];
}

/** What has terms of its own inside a factor. */
const partsOfFactor = (factor: NotationNode): readonly NotationNode[] =>
  factor.kind === "binary" && (factor.operator === "+" || factor.operator === "-")
    ? [factor]
    : childrenOf(factor);
