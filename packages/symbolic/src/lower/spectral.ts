import type { CallNode } from "@fluxion/core";
import { head } from "../ir/head.ts";
import { einsum } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { isSymmetric } from "../ir/store.ts";
import { transposed } from "../ir/transposed.ts";
import { requireSquare, wrong } from "./functions.ts";
import { column, describe, failure, matrix, sameShape, scalar, type Scope, type Value } from "./scope.ts";

/** The largest eigenvalue of a symmetric matrix, or its unit eigenvector. */
export const ofSymmetric =
  (name: "lambdamax" | "lambdavec") =>
  (scope: Scope, tree: CallNode, a: Value): Value => {
    requireSquare(scope, tree, a);
    if (!isSymmetric(a.node) && transposed(scope.store, a.node) !== a.node)
      throw failure(
        scope,
        "UNSUPPORTED",
        `${tree.name} needs a matrix that is known to be symmetric, since others may have no real eigenvalue. Declare it, as in assume: { A: "symmetric" }, or write one that is, such as X'*X or (A + A')/2; the largest singular value of any matrix is sigmamax.`,
        tree.operands[0]!.span,
      );
    const node = head(scope.store, name, a.node);
    return name === "lambdamax" ? scalar(node) : column(node);
  };

/** The largest singular value of a matrix, or one of its singular vectors. */
export const ofMatrix =
  (name: "sigmamax" | "sigmaleft" | "sigmaright") =>
  (scope: Scope, tree: CallNode, a: Value): Value => {
    if (a.kind !== "matrix") throw wrong(scope, tree, `needs a matrix, not ${describe(a)}${a.kind === "scalar" ? "" : "; for a vector it is norm2"}`); // prettier-ignore
    const node = head(scope.store, name, a.node);
    return name === "sigmamax" ? scalar(node) : column(node);
  };

/** dexpm(A, E): the derivative of expm at A along E. */
export function expmAlong(scope: Scope, tree: CallNode, a: Value, e: Value): Value {
  requireSquare(scope, tree, a);
  if (!sameShape(a, e)) throw wrong(scope, tree, `needs two matrices of one shape, not ${describe(a)} and ${describe(e)}`); // prettier-ignore
  const factors = [{ node: head(scope.store, "dexpm", a.node), indices: [0, 1, 2, 3] }, { node: e.node, indices: [2, 3] }]; // prettier-ignore
  return matrix(einsum(scope.store, Q.one, factors, [0, 1], a.node.dims));
}
