import { type Merge, reachable, type TensorNode } from "./node.ts";
import { einsum, times } from "./product.ts";
import { gather, isSpread } from "./varying.ts";
import * as Q from "./rational.ts";
import type { Store } from "./store.ts";

/** A vector over pairs, and the matrix whose columns it lists: v_p = Σ M[p,i,j]·body_ji. */
export interface Unfolded {
  readonly pairs: Merge;
  readonly body: TensorNode;
}

/** The matrix that a vector lists, if its composite index is split nowhere else. */
export function unfold(store: Store, node: TensorNode): Unfolded | undefined {
  if (node.kind !== "product" || node.dims.length !== 1) return undefined;
  const own = node.factors.filter((factor) => factor.indices.includes(0));
  const [first] = own;
  if (own.length !== 1 || first!.node.kind !== "merge" || first!.indices[0] !== 0) return undefined;
  const [, i, j] = first!.indices as readonly [number, number, number];
  if (i === j) return undefined;
  const rest = node.factors.filter((factor) => factor !== first);
  const [, a, b] = first!.node.dims;
  return { pairs: first!.node, body: einsum(store, node.coefficient, rest, [j, i], [b!, a!]) };
}

/** The vector that lists the entries of a matrix. */
export function fold(store: Store, { pairs, body }: Unfolded): TensorNode {
  const factors = [{ node: pairs, indices: [0, 1, 2] }, { node: body, indices: [2, 1] }]; // prettier-ignore
  return einsum(store, Q.one, factors, [0], [pairs.dims[0]!]);
}

/** f(vec(A), vec(B), 1, …) = vec(f(A, B, 1, …)) for whatever acts entry by entry; undefined if an operand is no such vector. */
export function underFold(
  store: Store,
  operands: readonly TensorNode[],
  f: (bodies: readonly TensorNode[]) => TensorNode,
): TensorNode | undefined {
  if (operands[0]!.dims.length !== 1) return undefined;
  const unfolded = operands.map((operand) => (isSpread(operand) ? undefined : unfold(store, operand)));
  const first = unfolded.find((part) => part !== undefined);
  if (first === undefined) return undefined;
  const { pairs } = first;
  const dims = [pairs.dims[2]!, pairs.dims[1]!];
  if (unfolded.some((part) => part !== undefined && reachable(part.body).some(({ kind }) => kind === "merge"))) return undefined; // prettier-ignore
  const bodies = operands.map((operand, k) =>
    isSpread(operand)
      ? times(store, dims, gather(store, operand))
      : unfolded[k]?.pairs === pairs
        ? unfolded[k].body
        : undefined,
  );
  if (bodies.includes(undefined)) return undefined;
  return fold(store, { pairs, body: f(bodies as TensorNode[]) });
}
