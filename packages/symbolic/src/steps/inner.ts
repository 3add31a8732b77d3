import type { NotationNode } from "@fluxion/core";
import { differentiate } from "../differentiate.ts";
import { childrenOf } from "../display/cost.ts";
import type { Expression } from "../expression.ts";
import { reachable, type Variable } from "../ir/node.ts";
import { quietly } from "../ir/store.ts";
import { lower } from "../lower/lower.ts";
import type { Value } from "../lower/scope.ts";
import { namesIn } from "./names.ts";

/** A part of a formula that holds every occurrence of the variable. */
export interface Inner {
  readonly tree: NotationNode;
  readonly value: Value;
  /** The formula with the part replaced. */
  readonly replaceWith: (tree: NotationNode) => NotationNode;
}

/**
 * What to give a name before the chain rule is used: the largest part that is linear in the variable and holds all its
 * occurrences; undefined if that is the variable or the whole.
 */
export function findInner(value: Expression, wrt: Variable): Inner | undefined {
  const { store, scope, tree } = value.parts;
  let current = tree;
  let rebuild = (part: NotationNode): NotationNode => part;
  while (current !== undefined) {
    const parent: NotationNode = current;
    const moving: readonly NotationNode[] = childrenOf(parent).filter((child) =>
      namesIn(child).has(wrt.name),
    );
    const [child] = moving;
    if (moving.length !== 1 || child === undefined || child.kind === "name") return undefined;
    const outer = rebuild;
    rebuild = (part) => outer(withChild(parent, child, part));
    current = child;
    const inner = quietly(store, () => lower(scope, child));
    const slope = quietly(store, () => differentiate(store, inner.node, wrt));
    if (inner.kind !== "matrix" && !reachable(slope).includes(wrt))
      return { tree: child, value: inner, replaceWith: rebuild };
  }
  return undefined;
}

function withChild(parent: NotationNode, child: NotationNode, replacement: NotationNode): NotationNode {
  const swap = (part: NotationNode): NotationNode => (part === child ? replacement : part);
  switch (parent.kind) {
    case "negate":
    case "transpose":
      return { ...parent, operand: swap(parent.operand) };
    case "binary":
      return { ...parent, left: swap(parent.left), right: swap(parent.right) };
    case "call":
      return { ...parent, operands: parent.operands.map(swap) };
    default:
      return parent;
  }
}
