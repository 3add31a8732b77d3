import { elementwise } from "./elementwise.ts";
import { expmDerivative, head } from "./head.ts";
import type { Factor, Product, TensorNode } from "./node.ts";
import { orderOf, reachable } from "./node.ts";
import { axes, einsum } from "./product.ts";
import * as Q from "./rational.ts";
import { merge } from "./merges.ts";
import { constant, delta, variable, type Store } from "./store.ts";
import { sum } from "./sum.ts";

/** The node with its parts replaced, in normal form. */
export function withParts(
  store: Store,
  node: TensorNode,
  replaced: (part: TensorNode) => TensorNode,
): TensorNode {
  switch (node.kind) {
    case "variable":
    case "constant":
    case "delta":
    case "merge":
      return node;
    case "product": {
      const factors = node.factors.map((factor) => ({ ...factor, node: replaced(factor.node) }));
      return einsum(store, node.coefficient, factors, axes(node.dims.length), node.dims);
    }
    case "sum":
      return sum(store, node.terms.map((term) => ({ ...term, node: replaced(term.node) })), node.dims); // prettier-ignore
    case "elementwise":
      return elementwise(store, node.name, node.operands.map(replaced)); // prettier-ignore
    case "head":
      return node.name === "dexpm"
        ? expmDerivative(store, replaced(node.operand), orderOf(node))
        : head(store, node.name, replaced(node.operand));
  }
}

/** Every node rewritten from its parts upwards, each once. */
export function rewrite(
  store: Store,
  node: TensorNode,
  step: (rebuilt: TensorNode) => TensorNode,
): TensorNode {
  const results = new Map<number, TensorNode>();
  for (const part of reachable(node)) {
    const rebuilt = withParts(store, part, (inner) => results.get(inner.id)!);
    results.set(part.id, step(rebuilt));
  }
  return results.get(node.id)!;
}

/** The same tensor in another store. */
export function copyInto(
  store: Store,
  node: TensorNode,
  replace: (leaf: TensorNode) => TensorNode | undefined = () => undefined,
): TensorNode {
  const results = new Map<number, TensorNode>();
  for (const part of reachable(node)) results.set(part.id, replace(part) ?? copyNode(store, part, (inner) => results.get(inner.id)!)); // prettier-ignore
  return results.get(node.id)!;
}

function copyNode(store: Store, node: TensorNode, copied: (part: TensorNode) => TensorNode): TensorNode {
  switch (node.kind) {
    case "variable":
      return variable(store, node.name, node.dims, [...node.assumptions]);
    case "constant":
      return constant(store, node.name);
    case "delta":
      return delta(store, node.dims[0]!);
    case "merge":
      return merge(store, node.dims[1]!, node.dims[2]!);
    default:
      return withParts(store, node, copied);
  }
}

/** Any node as a product: itself, or one factor. */
export function asProduct(node: TensorNode): Pick<Product, "coefficient" | "factors" | "bound" | "dims"> {
  if (node.kind === "product" && !(node.dims.length === 0 && node.bound.length > 0)) return node;
  const own: Factor = { node, indices: axes(node.dims.length), power: Q.one };
  return { coefficient: Q.one, factors: [own], bound: [], dims: node.dims };
}
