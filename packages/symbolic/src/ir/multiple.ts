import type { TensorNode } from "./node.ts";
import { axes, einsum, number, scale } from "./product.ts";
import * as Q from "./rational.ts";
import type { Store } from "./store.ts";
import { content, withCoefficient } from "./sum.ts";

/** A matrix as a rational multiple of one with coefficient 1. */
export function takeMultiple(
  store: Store,
  a: TensorNode,
): { readonly coefficient: Q.Rational; readonly primitive: TensorNode } {
  if (a.kind === "product")
    return { coefficient: a.coefficient, primitive: withCoefficient(store, a, Q.one) };
  if (a.kind !== "sum") return { coefficient: Q.one, primitive: a };
  const coefficient = content(store, a);
  return { coefficient, primitive: scale(store, Q.divide(Q.one, coefficient), a) };
}

/** The scalar factors of a product, apart from its matrix. */
export function takeScalars(
  store: Store,
  a: TensorNode,
): { readonly scalar: TensorNode; readonly matrix: TensorNode } | undefined {
  if (a.kind !== "product") return undefined;
  const scalars = a.factors.filter((factor) => factor.indices.length === 0);
  if (scalars.length === 0) return undefined;
  const rest = a.factors.filter((factor) => factor.indices.length > 0);
  return {
    scalar: einsum(store, a.coefficient, scalars, [], []),
    matrix: einsum(store, Q.one, rest, axes(a.dims.length), a.dims),
  };
}

/** A matrix as a scalar times one without scalar factors. */
export function takeMultipleAndScalars(
  store: Store,
  a: TensorNode,
): { readonly scalar: TensorNode; readonly matrix: TensorNode } {
  const { coefficient, primitive } = takeMultiple(store, a);
  const scalars = takeScalars(store, primitive);
  return {
    scalar: scale(store, coefficient, scalars?.scalar ?? number(store, Q.one)),
    matrix: scalars?.matrix ?? primitive,
  };
}
