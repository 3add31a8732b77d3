import { head } from "./head.ts";
import { takeMultiple } from "./multiple.ts";
import type { HeadName, TensorNode } from "./node.ts";
import { number, scale } from "./product.ts";
import * as Q from "./rational.ts";
import type { Store } from "./store.ts";
import { transposed } from "./transposed.ts";

/** lambdamax(c*A) = c*lambdamax(A) for c > 0, sigmamax(c*A) = |c|*sigmamax(A), sigmamax(A') = sigmamax(A), both 1 for I. */
export function largestOf(
  store: Store,
  name: "lambdamax" | "sigmamax",
  a: TensorNode,
): TensorNode | undefined {
  if (a.kind === "delta") return number(store, Q.one);
  const isSigma = name === "sigmamax";
  if (isSigma && a.kind === "variable" && a.assumptions.has("orthogonal")) return number(store, Q.one);
  const { coefficient } = takeMultiple(store, a);
  const size = Q.absolute(coefficient);
  const usable = isSigma ? coefficient : size;
  if (!Q.isOne(usable) && !Q.isZero(usable))
    return scale(store, size, head(store, name, scale(store, Q.divide(Q.one, usable), a)));
  const flipped = isSigma ? transposed(store, a) : a;
  return flipped.id < a.id ? head(store, name, flipped) : undefined;
}

/** A positive multiple has the same vectors. */
export function vectorOfLargest(store: Store, name: HeadName, a: TensorNode): TensorNode | undefined {
  const size = Q.absolute(takeMultiple(store, a).coefficient);
  return Q.isOne(size) || Q.isZero(size)
    ? undefined
    : head(store, name, scale(store, Q.divide(Q.one, size), a));
}
