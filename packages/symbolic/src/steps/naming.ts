import type { NotationNode } from "@fluxion/core";
import { nameTree, transposeTree } from "../display/tree.ts";
import { toText } from "../display/text.ts";
import type { Dimensions } from "../ir/node.ts";
import { lower } from "../lower/lower.ts";
import type { Scope } from "../lower/scope.ts";
import { namesIn, type NameBook } from "./names.ts";
import { LINEAR_CALLS } from "./phrase.ts";

/** A part of a formula with the name that it was given. */
export interface Definition {
  readonly name: string;
  readonly tree: NotationNode;
  readonly dims: Dimensions;
}

/** A formula with names for what its functions are applied to; definitions use earlier names. */
export interface NamedFormula {
  readonly tree: NotationNode;
  readonly definitions: readonly Definition[];
}

const CANDIDATES: readonly string[] = ["uvstrpq", "abcuvst", "MNPQRGHK"];

/** Names every part that moves with the variable and that a function, a power or a denominator is applied to. */
export function nameInnerParts(scope: Scope, tree: NotationNode, wrt: string, book: NameBook): NamedFormula {
  const definitions: Definition[] = [];
  const named = new Map<string, NotationNode>();
  const moves = (part: NotationNode): boolean => namesIn(part).has(wrt);

  const visit = (part: NotationNode): NotationNode => {
    if (!moves(part)) return part;
    switch (part.kind) {
      case "negate":
      case "transpose":
        return { ...part, operand: visit(part.operand) };
      case "binary":
        switch (part.operator) {
          case "/":
          case "./":
            return { ...part, left: visit(part.left), right: operand(part.right) };
          case "^":
          case ".^":
            return isSquaredNorm(part)
              ? { ...part, left: visit(part.left) }
              : { ...part, left: operand(part.left), right: operand(part.right) };
          default:
            return { ...part, left: visit(part.left), right: visit(part.right) };
        }
      case "call":
        // Branches are differentiated where they stand, under their condition.
        if (CHOICES.has(part.name)) return part;
        return { ...part, operands: part.operands.map(LINEAR_CALLS.has(part.name) ? visit : operand) };
      default:
        return part;
    }
  };

  const operand = (part: NotationNode): NotationNode => {
    if (!moves(part) || isNormOfName(part)) return part;
    const inner = visit(part);
    if (inner.kind === "name" || (inner.kind === "transpose" && inner.operand.kind === "name")) return inner;
    const key = toText(inner);
    const known = named.get(key);
    if (known !== undefined) return known;
    const { kind, node } = lower(scope, part);
    const name = book.fresh(CANDIDATES[node.dims.length]!);
    const isRow = kind === "row";
    const own = isRow ? transposeTree(inner, new Set()) : inner;
    definitions.push({ name, tree: own, dims: node.dims });
    const use = isRow ? transposeTree(nameTree(name), new Set()) : nameTree(name);
    named.set(key, use);
    return use;
  };

  return { tree: visit(tree), definitions };
}

const CHOICES: ReadonlySet<string> = new Set([
  "where", "equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual",
]); // prettier-ignore

/** norm2(u)^2 is read as one thing. */
const isSquaredNorm = (tree: NotationNode & { readonly kind: "binary" }): boolean =>
  tree.left.kind === "call" &&
  tree.left.name === "norm2" &&
  tree.right.kind === "number" &&
  tree.right.text === "2";

/** norm2(x) is read as one thing, too: a name for it would only hide that 1/norm2(x) has x in it. */
const isNormOfName = (tree: NotationNode): boolean =>
  tree.kind === "call" && tree.name === "norm2" && tree.operands[0]?.kind === "name";
