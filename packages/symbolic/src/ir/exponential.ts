import { clusterAt, type Cluster } from "./cluster.ts";
import { commute, ordersOf } from "./commuting.ts";
import { elementwise } from "./elementwise.ts";
import { head } from "./head.ts";
import { cancelInverses } from "./inverse.ts";
import { takeMultipleAndScalars } from "./multiple.ts";
import { type Factor, type Head, orderOf, type TensorNode } from "./node.ts";
import { einsum, isZeroNode, times, type Draft } from "./product.ts";
import * as Q from "./rational.ts";
import { delta, isSymmetric, type Store } from "./store.ts";
import { plus } from "./sum.ts";

/** tr(A) */
export const traceOf = (store: Store, a: TensorNode): TensorNode =>
  einsum(store, Q.one, [{ node: a, indices: [0, 0] }], [], []);

/** expm(0) = I, and expm(diag(v)) = diag(exp(v)); undefined for anything else. */
export function exponentialOf(store: Store, a: TensorNode): TensorNode | undefined {
  const identity = delta(store, a.dims[0]!);
  if (isZeroNode(a)) return identity;
  const factors = a.kind === "product" ? a.factors : [{ node: a, indices: [0, 1], power: Q.one }];
  const diagonal = factors.find(({ node }) => node.kind === "delta");
  if (diagonal === undefined) return undefined;
  const rest = factors.filter((factor) => factor !== diagonal);
  const entries = einsum(store, a.kind === "product" ? a.coefficient : Q.one, rest, [diagonal.indices[0]!], [a.dims[0]!]); // prettier-ignore
  const exponentials = elementwise(store, "exp", [entries]);
  return einsum(store, Q.one, [{ node: identity, indices: [0, 1] }, { node: exponentials, indices: [0] }], [0, 1], a.dims); // prettier-ignore
}

type HeadFactor = Factor & { readonly node: Head };

const isHead = (factor: Factor, name: Head["name"]): factor is HeadFactor =>
  factor.node.kind === "head" && factor.node.name === name && Q.isOne(factor.power);

/** Laws of expm in products; each use removes a factor, or a derivative of expm. True if anything changed. */
export function joinExponentials(store: Store, draft: Draft): boolean {
  return (
    multiplyExponentials(store, draft) || resolveDerivatives(store, draft) || cancelThrough(store, draft)
  );
}

/** expm(A)*A*expm(-A) = A and inv(D)*E*D = E: what cancels may have to change places first. */
function cancelThrough(store: Store, draft: Draft): boolean {
  for (const factors of ordersOf(store, draft.factors, draft.out).slice(1)) {
    const trial: Draft = { ...draft, factors: [...factors], extent: new Map(draft.extent) };
    cancelInverses(store, trial);
    const shorter = trial.factors.length < factors.length || multiplyExponentials(store, trial);
    if (!shorter) continue;
    draft.factors = trial.factors;
    for (const index of draft.extent.keys()) if (!trial.extent.has(index)) draft.extent.delete(index);
    return true;
  }
  return false;
}

/** expm(s*A)*expm(t*A) = expm((s + t)*A) */
function multiplyExponentials(store: Store, draft: Draft): boolean {
  const exponentials = draft.factors.filter((factor) => isHead(factor, "expm"));
  for (const first of exponentials) {
    for (const second of exponentials) {
      if (first === second) continue;
      const sides = meeting(draft, first, second);
      if (sides === undefined) continue;
      const [a, b] = [first, second].map(({ node }) => takeMultipleAndScalars(store, node.operand)) as [Multiple, Multiple]; // prettier-ignore
      if (a.matrix !== b.matrix) continue;
      const { matrix } = a;
      const operand = times(store, matrix.dims, plus(store, a.scalar, b.scalar), matrix);
      const whole = { node: head(store, "expm", operand), indices: sides, power: Q.one };
      draft.factors = [...draft.factors.filter((factor) => factor !== first && factor !== second), whole];
      for (const index of [...first.indices, ...second.indices])
        if (!sides.includes(index)) draft.extent.delete(index);
      return true;
    }
  }
  return false;
}

type Multiple = ReturnType<typeof takeMultipleAndScalars>;

/** The outer indices of first·second, if they meet at an index of their own. */
function meeting(draft: Draft, first: Factor, second: Factor): readonly [number, number] | undefined {
  const joins = (index: number): boolean =>
    !draft.out.includes(index) &&
    draft.factors.flatMap((factor) => factor.indices).filter((other) => other === index).length === 2;
  const [[i, k], [l, j]] = [first.indices, second.indices] as [[number, number], [number, number]];
  if (k === l && joins(k)) return [i, j];
  if (k === j && joins(k) && isSymmetric(second.node)) return [i, l];
  if (i === l && joins(i) && isSymmetric(first.node)) return [k, j];
  return undefined;
}

/**
 * The derivative D of expm at X, D_ijkl = ∂expm(X)_ij/∂X_kl, along a matrix C that commutes with X: Σ_kl D_ijkl C_kl =
 * (C·expm(X))_ij. Since D_ijkl = D_lkji, Σ_ij D_ijkl C_ji = (C·expm(X))_lk, too: so is the derivative of a trace.
 */
function resolveDerivatives(store: Store, draft: Draft): boolean {
  for (const factor of draft.factors.filter((other) => isHead(other, "dexpm"))) {
    if (orderOf(factor.node) > 1) continue;
    const [i, j, k, l] = factor.indices as [number, number, number, number];
    const places = [[i, j, k, l], [l, k, j, i]] as const; // prettier-ignore
    for (const [from, to, row, column] of places) {
      const hanging = clusterBetween(draft, factor, row, column, [from, to]);
      if (hanging === undefined) continue;
      const along = alongOf(store, draft, hanging, row, column);
      if (!commute(store, along, factor.node.operand)) continue;
      const middle = draft.nextIndex++;
      draft.extent.set(middle, along.dims[0]!);
      const gone = new Set([factor, ...hanging.factors]);
      draft.factors = [
        ...draft.factors.filter((other) => !gone.has(other)),
        { node: along, indices: [from, middle], power: Q.one },
        { node: head(store, "expm", factor.node.operand), indices: [middle, to], power: Q.one },
      ];
      for (const index of hanging.indices) draft.extent.delete(index);
      return true;
    }
  }
  return false;
}

/** What hangs on a factor at two of its indices, and on nothing else. */
function clusterBetween(
  draft: Draft,
  factor: Factor,
  row: number,
  column: number,
  others: readonly number[],
): Cluster | undefined {
  const rest = draft.factors.filter((other) => other !== factor);
  const cluster = clusterAt(rest, row);
  const outside = [...draft.out, ...others];
  const hangs = cluster.indices.has(column) && ![...cluster.indices].some((index) => outside.includes(index));
  return hangs ? cluster : undefined;
}

function alongOf(store: Store, draft: Draft, { factors }: Cluster, row: number, column: number): TensorNode {
  const length = draft.extent.get(row)!;
  if (row !== column) return einsum(store, Q.one, factors, [row, column], [length, length]);
  const entries = einsum(store, Q.one, factors, [row], [length]);
  return einsum(store, Q.one, [{ node: delta(store, length), indices: [0, 1] }, { node: entries, indices: [0] }], [0, 1], [length, length]); // prettier-ignore
}
