import { head } from "../ir/head.ts";
import type { Head, TensorNode } from "../ir/node.ts";
import { einsum, times } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { delta, require, requireSimple, type Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";
import { transposed } from "../ir/transposed.ts";
import type { Differential } from "./head.ts";

const [i, j, k, l] = [0, 1, 2, 3] as const;

/** dλ = v_k v_l dA_kl for the unit eigenvector v of a simple eigenvalue λ of a symmetric A */
export function largestEigenvalue(store: Store, L: Head): readonly Differential[] {
  const v = head(store, "lambdavec", L.operand);
  requireSimple(store, L);
  return [{ coefficient: Q.one, factors: [{ node: v, indices: [k] }, { node: v, indices: [l] }], inner: [k, l], out: [] }]; // prettier-ignore
}

/** dv = (λI − A)⁺ dA v, with dA made symmetric, as the function is that of (A + A')/2 */
export function leadingEigenvector(store: Store, v: Head): readonly Differential[] {
  const largest = head(store, "lambdamax", v.operand);
  requireSimple(store, largest);
  const N = pseudoInverse(store, largest, v.operand, v);
  const factors = (at: number, other: number) => [{ node: N, indices: [i, at] }, { node: v, indices: [other] }]; // prettier-ignore
  return [
    { coefficient: Q.half, factors: factors(k, l), inner: [k, l], out: [i] },
    { coefficient: Q.half, factors: factors(l, k), inner: [k, l], out: [i] },
  ];
}

/** dσ = u_k v_l dX_kl for the singular vectors u, v of a simple singular value σ > 0 */
export function largestSingularValue(store: Store, S: Head): readonly Differential[] {
  const [u, v] = [head(store, "sigmaleft", S.operand), head(store, "sigmaright", S.operand)];
  noteSimple(store, S);
  return [{ coefficient: Q.one, factors: [{ node: u, indices: [k] }, { node: v, indices: [l] }], inner: [k, l], out: [] }]; // prettier-ignore
}

/** dv = (σ²I − X'X)⁺ (σ dX'u + X'dX v), since v is the eigenvector of X'X and X v = σ u */
export function rightSingularVector(store: Store, v: Head): readonly Differential[] {
  const X = v.operand;
  const [S, u] = [head(store, "sigmamax", X), head(store, "sigmaleft", X)];
  noteSimple(store, S);
  const N = pseudoInverse(store, squared(store, S), product(store, transposed(store, X), X), v);
  return [
    { coefficient: Q.one, factors: [{ node: N, indices: [i, l] }, { node: S, indices: [] }, { node: u, indices: [k] }], inner: [k, l], out: [i] },
    { coefficient: Q.one, factors: [{ node: N, indices: [i, j] }, { node: X, indices: [k, j] }, { node: v, indices: [l] }], inner: [k, l], out: [i] },
  ]; // prettier-ignore
}

/** du = (σ²I − XX')⁺ (σ dX v + X dX'u) */
export function leftSingularVector(store: Store, u: Head): readonly Differential[] {
  const X = u.operand;
  const [S, v] = [head(store, "sigmamax", X), head(store, "sigmaright", X)];
  noteSimple(store, S);
  const N = pseudoInverse(store, squared(store, S), product(store, X, transposed(store, X)), u);
  return [
    { coefficient: Q.one, factors: [{ node: N, indices: [i, k] }, { node: S, indices: [] }, { node: v, indices: [l] }], inner: [k, l], out: [i] },
    { coefficient: Q.one, factors: [{ node: N, indices: [i, j] }, { node: X, indices: [j, l] }, { node: u, indices: [k] }], inner: [k, l], out: [i] },
  ]; // prettier-ignore
}

function noteSimple(store: Store, S: TensorNode): void {
  requireSimple(store, S);
  require(store, S, ">", 0);
}

const squared = (store: Store, scalar: TensorNode): TensorNode => times(store, [], [scalar, Q.two]);

const product = (store: Store, a: TensorNode, b: TensorNode): TensorNode =>
  einsum(store, Q.one, [{ node: a, indices: [0, 1] }, { node: b, indices: [1, 2] }], [0, 2], [a.dims[0]!, b.dims[1]!]); // prettier-ignore

/** (λI − A)⁺ = inv(λI − A + v v') − v v' for the only unit eigenvector v of A with eigenvalue λ */
function pseudoInverse(store: Store, largest: TensorNode, a: TensorNode, v: TensorNode): TensorNode {
  const { dims } = a;
  const projector = einsum(
    store,
    Q.one,
    [
      { node: v, indices: [0] },
      { node: v, indices: [1] },
    ],
    [0, 1],
    dims,
  );
  const multiple = times(store, dims, largest, delta(store, dims[0]!));
  const shifted = sum(store, [{ coefficient: Q.one, node: multiple }, { coefficient: Q.minusOne, node: a }, { coefficient: Q.one, node: projector }], dims); // prettier-ignore
  return sum(store, [{ coefficient: Q.one, node: head(store, "inv", shifted) }, { coefficient: Q.minusOne, node: projector }], dims); // prettier-ignore
}
