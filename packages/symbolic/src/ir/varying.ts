import type { Product, TensorNode } from "./node.ts";
import { axes, einsum } from "./product.ts";
import type { Store } from "./store.ts";

/** Whether an array has one value everywhere, because no factor has its indices. */
export const isSpread = (node: TensorNode): node is Product =>
  node.kind === "product" &&
  node.dims.length > 0 &&
  node.factors.every((factor) => factor.indices.length === 0);

/** The one value of an array that is the same everywhere. */
export const gather = (store: Store, node: TensorNode): TensorNode =>
  isSpread(node) ? einsum(store, node.coefficient, node.factors, [], []) : node;

/** The axes along which one of some tensors of one shape is not constant by its form. */
export function varyingAxes(nodes: readonly TensorNode[]): readonly number[] {
  const all = axes(nodes[0]!.dims.length);
  return all.filter((axis) =>
    nodes.some(
      (node) => node.kind !== "product" || node.factors.some((factor) => factor.indices.includes(axis)),
    ),
  );
}

/** A tensor without axes along which it is constant. */
export const narrowed = (store: Store, node: TensorNode, kept: readonly number[]): TensorNode =>
  node.kind === "product"
    ? einsum(store, node.coefficient, node.factors, kept, kept.map((axis) => node.dims[axis]!))
    : node; // prettier-ignore
