import type { NotationNode } from "@fluxion/core";
import { childrenOf, operationCount } from "./cost.ts";

/** Trees with more operations count as equal only if they are one tree: with shared parts, comparing grows without bound. */
const LARGEST = 200;

/** Whether two trees have the same text. */
export function areEqual(a: NotationNode, b: NotationNode): boolean {
  if (a === b) return true;
  const operations = operationCount(a);
  if (a.kind !== b.kind || operations !== operationCount(b) || operations > LARGEST) return false;
  if (labelOf(a) !== labelOf(b)) return false;
  const [parts, others] = [childrenOf(a), childrenOf(b)];
  return parts.length === others.length && parts.every((part, k) => areEqual(part, others[k]!));
}

/** What a tree is apart from its parts. */
function labelOf(tree: NotationNode): string | number {
  switch (tree.kind) {
    case "number":
      return tree.text;
    case "name":
    case "call":
      return tree.name;
    case "placeholder":
      return tree.index;
    case "binary":
      return tree.operator;
    default:
      return tree.kind;
  }
}
