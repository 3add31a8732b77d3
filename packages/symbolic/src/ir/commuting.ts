import { takeMultipleAndScalars } from "./multiple.ts";
import type { Factor, TensorNode } from "./node.ts";
import * as Q from "./rational.ts";
import type { Store } from "./store.ts";

/** The matrix that a function of a matrix is a function of: A for 3*A, inv(A) and expm(t*A). */
function baseOf(store: Store, node: TensorNode): TensorNode {
  const { matrix } = takeMultipleAndScalars(store, node);
  return matrix.kind === "head" && (matrix.name === "inv" || matrix.name === "expm")
    ? baseOf(store, matrix.operand)
    : matrix;
}

const isDiagonal = (node: TensorNode): boolean =>
  node.kind === "variable" && node.assumptions.has("diagonal");

/** Whether A*B = B*A is known: both are functions of one matrix, both are diagonal, or one is the identity. */
export function commute(store: Store, a: TensorNode, b: TensorNode): boolean {
  const [first, second] = [baseOf(store, a), baseOf(store, b)];
  if (first === second || first.kind === "delta" || second.kind === "delta") return true;
  if (isDiagonal(first) && isDiagonal(second)) return true;
  return isChainOf(store, first, second) || isChainOf(store, second, first);
}

/** Whether a matrix is a product of functions of another, such as A*A*inv(A + I). */
function isChainOf(store: Store, whole: TensorNode, base: TensorNode): boolean {
  if (whole.kind !== "product" || whole.dims.length !== 2) return false;
  let at = 0;
  let left = whole.factors.filter((factor) => factor.indices.length > 0);
  while (left.length > 0) {
    const next = left.filter((factor) => factor.indices.includes(at));
    const [link] = next;
    if (next.length !== 1 || link === undefined || link.indices.length !== 2 || link.indices[0] !== at)
      return false;
    if (!Q.isOne(link.power) || baseOf(store, link.node) !== base) return false;
    at = link.indices[1]!;
    left = left.filter((factor) => factor !== link);
  }
  return at === 1;
}

/** Pairs of neighbours in a product of matrices that may change places, as positions in the list. */
export function exchangeable(
  store: Store,
  factors: readonly Factor[],
  out: readonly number[],
): readonly (readonly [number, number])[] {
  if (!factors.some(({ node }) => isDiagonal(node) || (node.kind === "head" && node.name === "expm")))
    return [];
  const uses = new Map<number, number>();
  for (const { indices } of factors) for (const index of indices) uses.set(index, (uses.get(index) ?? 0) + 1);
  const isMatrix = ({ indices, power }: Factor): boolean =>
    indices.length === 2 && indices[0] !== indices[1] && Q.isOne(power);
  return factors.flatMap((first, a) =>
    factors.flatMap((second, b) => {
      const joint = first.indices[1]!;
      const meet = isMatrix(first) && isMatrix(second) && joint === second.indices[0];
      if (!meet || first.node === second.node || uses.get(joint) !== 2 || out.includes(joint)) return [];
      return commute(store, first.node, second.node) ? [[a, b] as const] : [];
    }),
  );
}
