import { spend } from "../effort.ts";
import type { Product, TensorNode } from "./node.ts";
import * as Q from "./rational.ts";
import { isSymmetric } from "./store.ts";
import { size } from "./sum.ts";

/**
 * An order of the axes of some tensors of one shape that does not depend on the order they have now, so that of all
 * permutations of a tensor one stands for all. Axes that look alike keep their order; then equal tensors may stay apart,
 * which is never wrong.
 */
export function axisOrder(nodes: readonly TensorNode[]): readonly number[] {
  const axes = nodes[0]!.dims.map((_, axis) => axis);
  const colours = axes.map((axis) => nodes.map((node) => colour(node, axis)).join(" | "));
  return axes.sort((a, b) => (colours[a]! < colours[b]! ? -1 : colours[a]! > colours[b]! ? 1 : a - b));
}

/** Where an axis occurs, whatever the other axes are called. */
function colour(node: TensorNode, axis: number): string {
  switch (node.kind) {
    case "product": {
      const equal = equalIndices(node, axis);
      return node.factors
        .flatMap(({ node: part, indices, power }) =>
          indices.flatMap((index, k) => (equal.has(index) ? [`${place(part, k)}^${Q.keyOf(power)}`] : [])),
        )
        .sort()
        .join(" ");
    }
    case "sum":
      spend(node.terms.length);
      // Whatever the sum is divided by, and with either sign: dividing it must not change the order again.
      return node.terms
        .map(
          (term) =>
            `${Q.keyOf(Q.absolute(Q.divide(term.coefficient, size(node))))} ${colour(term.node, axis)}`,
        )
        .sort()
        .join(" + ");
    default:
      return place(node, axis);
  }
}

/** The index of an axis and those that a δ makes equal to it; which of them the other factors have is arbitrary. */
function equalIndices(node: Product, axis: number): ReadonlySet<number> {
  const equal = new Set([axis]);
  const deltas = node.factors.filter((factor) => factor.node.kind === "delta");
  for (let size = 0; size < equal.size;) {
    size = equal.size;
    for (const { indices } of deltas)
      if (indices.some((index) => equal.has(index))) for (const index of indices) equal.add(index);
  }
  return equal;
}

const place = (node: TensorNode, axis: number): string => `${node.id}@${isSymmetric(node) ? 0 : axis}`;
