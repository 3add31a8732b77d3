import { axisOrder } from "./axis-order.ts";
import type { Sum, TensorNode } from "./node.ts";
import { axes } from "./product.ts";
import * as Q from "./rational.ts";
import { isSymmetric, type Multiple, type Store } from "./store.ts";
import { content, divideTerms, mapTerms } from "./sum.ts";

/** A sum as a multiple of what stands for it in products: without content, and one for all orders of its axes. */
export function normalSum(store: Store, node: Sum, power: Q.Rational): Multiple {
  // √(−u) keeps its sign, so that only under a whole power a sum is always the same multiple.
  if (!Q.isInteger(power)) return multipleOf(store, node, power);
  const known = store.multiples.get(node);
  if (known !== undefined) return known;
  const multiple = multipleOf(store, node, power);
  store.multiples.set(node, multiple);
  return multiple;
}

function multipleOf(store: Store, node: Sum, power: Q.Rational): Multiple {
  const rank = node.dims.length;
  if (rank > 2) return primitive(store, node, power, axisOrder([node]));
  const own = primitive(store, node, power, axes(rank));
  const other = rank === 2 ? primitive(store, node, power, [1, 0]) : own;
  // Of a matrix and its transpose the older stands for both: as it was written.
  return other.node.kind === "sum" && other.node.id < own.node.id ? other : own;
}

function primitive(store: Store, sum: Sum, power: Q.Rational, order: readonly number[]): Multiple {
  const node = inOrder(store, sum, order);
  if (node.kind !== "sum") return { node, divisor: Q.one, order };
  const common = content(store, node);
  const divisor = Q.isNegative(common) && !Q.isInteger(power) ? Q.absolute(common) : common;
  return { node: Q.isOne(divisor) ? node : divideTerms(store, node, divisor), divisor, order };
}

const inOtherOrder = new WeakMap<Sum, TensorNode>();

function inOrder(store: Store, node: Sum, order: readonly number[]): TensorNode {
  if (order.every((axis, k) => axis === k) || isSymmetric(node)) return node;
  const known = inOtherOrder.get(node);
  if (known !== undefined) return known;
  const places = order.map((_, axis) => order.indexOf(axis));
  const changed = mapTerms(store, Q.one, node, places, order.map((axis) => node.dims[axis]!)); // prettier-ignore
  inOtherOrder.set(node, changed);
  if (changed.kind === "sum" && order.length === 2) inOtherOrder.set(changed, node);
  return changed;
}
