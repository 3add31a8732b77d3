import type { NameNode, NotationNode } from "@fluxion/core";
import { latexName } from "../display/latex-name.ts";
import { toLatex, type IsArray } from "../display/latex.ts";
import { groupedTree, isGrouped } from "../display/tree.ts";

/** How names are set: arrays bold, differentials with an upright d. */
export interface LatexNames {
  readonly isArray: IsArray;
  /** Each moving name by the name of its differential. */
  readonly moving: ReadonlyMap<string, string>;
}

/** A variable or a differential. */
export function nameLatex({ isArray, moving }: LatexNames, name: string): string {
  const own = moving.get(name);
  return own === undefined ? latexName(name, isArray(name)) : `\\mathrm{d}${latexName(own, isArray(own))}`;
}

/** A formula with differentials in it. */
export function differentialLatex(tree: NotationNode, names: LatexNames): string {
  const found: string[] = [];
  const marked = mark(tree, names, found);
  return toLatex(marked, names.isArray).replace(
    /\\square_\{(\d+)\}/g,
    (_, index: string) => `\\,${nameLatex(names, found[Number(index)]!)}`,
  );
}

/** The tree with a placeholder for each differential. */
const mark = (tree: NotationNode, { moving }: LatexNames, found: string[]): NotationNode =>
  replaceNames(tree, (leaf) =>
    moving.has(leaf.name) ? { kind: "placeholder", index: found.push(leaf.name) - 1, span: leaf.span } : leaf,
  );

/** The tree with other names. */
export const renamed = (tree: NotationNode, names: ReadonlyMap<string, string>): NotationNode =>
  replaceNames(tree, (leaf) => ({ ...leaf, name: names.get(leaf.name) ?? leaf.name }));

/** The tree with its names replaced. */
function replaceNames(tree: NotationNode, replace: (leaf: NameNode) => NotationNode): NotationNode {
  const inner = (part: NotationNode): NotationNode => replaceNames(part, replace);
  switch (tree.kind) {
    case "name":
      return replace(tree);
    case "negate":
    case "transpose":
      return { ...tree, operand: inner(tree.operand) };
    case "binary":
      return grouped(tree, { ...tree, left: inner(tree.left), right: inner(tree.right) });
    case "call":
      return { ...tree, operands: tree.operands.map(inner) };
    default:
      return tree;
  }
}

/** A product that is read as one thing stays one. */
const grouped = (tree: NotationNode, made: NotationNode): NotationNode =>
  isGrouped(tree) ? groupedTree(made) : made;
