import { axisOrder } from "./axis-order.ts";
import type { TensorNode } from "./node.ts";
import { axes, einsum, permuted } from "./product.ts";
import { narrowed, varyingAxes } from "./varying.ts";
import * as Q from "./rational.ts";
import { markSymmetric, type Store } from "./store.ts";

/** An elementwise operator on operands of one shape. */
type Apply = (operands: readonly TensorNode[]) => TensorNode;

/**
 * The same values with the axes as one form for all has them: without axes along which nothing varies, and of f(A') and
 * f(A)' only one. Undefined if the operands are in that form.
 */
export function reoriented(
  store: Store,
  operands: readonly TensorNode[],
  apply: Apply,
): TensorNode | undefined {
  const { dims } = operands[0]!;
  const varying = varyingAxes(operands);
  if (varying.length < dims.length)
    return placed(store, apply(operands.map((operand) => narrowed(store, operand, varying))), varying, dims);
  const order = dims.length === 2 ? orderOfMatrices(store, operands) : axisOrder(operands);
  if (order.every((axis, k) => axis === k)) return undefined;
  return placed(store, apply(operands.map((operand) => permuted(store, operand, order))), order, dims);
}

/** The tensor whose axes are those of `node`, at these places. */
const placed = (
  store: Store,
  node: TensorNode,
  places: readonly number[],
  dims: TensorNode["dims"],
): TensorNode => einsum(store, Q.one, [{ node, indices: places }], axes(dims.length), dims);

/** Of matrices and their transposes the older stand for both: as they were written. */
function orderOfMatrices(store: Store, operands: readonly TensorNode[]): readonly number[] {
  const turned = operands.map((operand) => permuted(store, operand, [1, 0]));
  const [now, then] = [operands, turned].map(ages) as [readonly number[], readonly number[]];
  const differs = now.findIndex((age, k) => age !== then[k]);
  return differs >= 0 && then[differs]! < now[differs]! ? [1, 0] : [0, 1];
}

/** The newest operand first, then all in order. */
const ages = (nodes: readonly TensorNode[]): readonly number[] => {
  const ids = nodes.map(({ id }) => id);
  return [Math.max(...ids), ...ids];
};

/** Notes that a node with these operands equals its transpose, if they do. */
export function noteSymmetry(store: Store, node: TensorNode, operands: readonly TensorNode[]): void {
  const isSquare = node.dims.length === 2 && node.dims[0] === node.dims[1];
  if (isSquare && operands.every((operand) => permuted(store, operand, [1, 0]) === operand))
    markSymmetric(node);
}
