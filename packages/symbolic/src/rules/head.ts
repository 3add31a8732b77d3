import { type Head, type HeadName, orderOf } from "../ir/node.ts";
import { elementwise, spread } from "../ir/elementwise.ts";
import { axes, einsum, type LooseFactor } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { require, type Store } from "../ir/store.ts";
import { expmDerivative, head } from "../ir/head.ts";
import { largestEigenvalue, largestSingularValue, leadingEigenvector, leftSingularVector, rightSingularVector } from "./largest.ts"; // prettier-ignore

/** coefficient · Σ factors · dU, with dU read at the indices `inner`, summed over what is not in `out`. */
export interface Differential {
  readonly coefficient: Q.Rational;
  readonly factors: readonly LooseFactor[];
  readonly inner: readonly number[];
  readonly out: readonly number[];
}

export type HeadRule = (store: Store, node: Head) => readonly Differential[];

const [i, j, k, l] = [0, 1, 2, 3] as const;

/** The differential of each operator on a whole array. */
export const headRules: { readonly [N in HeadName]: HeadRule } = {
  // d(Y)_ij = −Y_ik dU_kl Y_lj for Y = inv(U)
  inv: (_, Y) => [{ coefficient: Q.minusOne, factors: [{ node: Y, indices: [i, k] }, { node: Y, indices: [l, j] }], inner: [k, l], out: [i, j] }], // prettier-ignore
  // d det(U) = det(U) inv(U)_lk dU_kl, which has no inverse to use where det(U) is 0
  det: (store, D) => {
    require(store, D, "~=", 0);
    return [{ coefficient: Q.one, factors: [{ node: D, indices: [] }, { node: head(store, "inv", D.operand), indices: [l, k] }], inner: [k, l], out: [] }];
  }, // prettier-ignore
  // d logdet(U) = inv(U)_lk dU_kl
  logdet: (store, L) => [{ coefficient: Q.one, factors: [{ node: head(store, "inv", L.operand), indices: [l, k] }], inner: [k, l], out: [] }], // prettier-ignore
  // d expm(U)_ij = D_ijkl dU_kl, where D is the derivative of expm at U
  expm: (store, Y) => [{ coefficient: Q.one, factors: [{ node: head(store, "dexpm", Y.operand), indices: [i, j, k, l] }], inner: [k, l], out: [i, j] }], // prettier-ignore
  // d D_ij… = D'_ij…kl dU_kl, where D' is the derivative of the next order
  dexpm: (store, D) => {
    const own = axes(D.dims.length);
    const [row, column] = [own.length, own.length + 1];
    const next = expmDerivative(store, D.operand, orderOf(D) + 1);
    return [{ coefficient: Q.one, factors: [{ node: next, indices: [...own, row, column] }], inner: [row, column], out: own }];
  }, // prettier-ignore
  lambdamax: largestEigenvalue,
  lambdavec: leadingEigenvector,
  sigmamax: largestSingularValue,
  sigmaleft: leftSingularVector,
  sigmaright: rightSingularVector,
  // d softmax(u)_i = p_i du_i − p_i p_k du_k
  softmax: (_, p) => [
    { coefficient: Q.one, factors: [{ node: p, indices: [i] }], inner: [i], out: [i] },
    { coefficient: Q.minusOne, factors: [{ node: p, indices: [i] }, { node: p, indices: [k] }], inner: [k], out: [i] },
  ], // prettier-ignore
  // d logsumexp(u) = softmax(u)_k du_k
  logsumexp: (store, L) => [{ coefficient: Q.one, factors: [{ node: head(store, "softmax", L.operand), indices: [k] }], inner: [k], out: [] }], // prettier-ignore
  // d prod(u) = prod(u) Σ_k du_k / u_k, where no entry is 0
  prod: (store, P) => {
    require(store, P.operand, "~=", 0);
    const places = axes(P.operand.dims.length);
    const factors = [{ node: P, indices: [] }, { node: P.operand, indices: places, power: Q.minusOne }];
    return [{ coefficient: Q.one, factors, inner: places, out: [] }];
  }, // prettier-ignore
  max: extremum,
  min: extremum,
};

/** d max(u) = Σ_k t_k du_k / Σ_k t_k, where t_k tells whether u_k is the maximum: ties share evenly. */
function extremum(store: Store, M: Head): readonly Differential[] {
  const { operand } = M;
  const tie = elementwise(store, "equal", [operand, spread(store, M, operand)]);
  const places = axes(operand.dims.length);
  const count = einsum(store, Q.one, [{ node: tie, indices: places }], [], []);
  require(store, count, "<", 2);
  const factors = [{ node: tie, indices: places }, { node: count, indices: [], power: Q.minusOne }]; // prettier-ignore
  return [{ coefficient: Q.one, factors, inner: places, out: [] }];
}
