import type { NotationNode } from "@fluxion/core";

/** The names in a formula, each once, in the order in which they occur. */
export function namesIn(tree: NotationNode): string[] {
  return [...new Set(occurrences(tree))];
}

function occurrences(node: NotationNode): string[] {
  switch (node.kind) {
    case "name":
      return [node.name];
    case "number":
    case "placeholder":
      return [];
    case "negate":
    case "transpose":
      return occurrences(node.operand);
    case "binary":
      return [...occurrences(node.left), ...occurrences(node.right)];
    case "call":
      return node.operands.flatMap(occurrences);
  }
}
