import { takeMultipleAndScalars } from "./multiple.ts";
import type { Factor, TensorNode } from "./node.ts";
import * as Q from "./rational.ts";
import { isSymmetric, type Store } from "./store.ts";

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

/** Most orders of one product that are compared. */
const ORDERS = 16;

/** The same product with neighbours that commute in other orders, the given one first; each is found by one exchange. */
export function ordersOf(
  store: Store,
  factors: readonly Factor[],
  out: readonly number[],
): readonly (readonly Factor[])[] {
  if (!factors.some(({ node }) => isDiagonal(node) || (node.kind === "head" && node.name === "expm"))) return [factors]; // prettier-ignore
  const found = new Map([[signature(factors), factors]]);
  for (const order of found.values()) {
    for (const exchanged of exchanges(store, order, out)) {
      if (found.size >= ORDERS) return [...found.values()];
      const key = signature(exchanged);
      if (!found.has(key)) found.set(key, exchanged);
    }
  }
  return [...found.values()];
}

const signature = (factors: readonly Factor[]): string =>
  factors
    .map(({ node, indices, power }) => `${node.id}^${Q.keyOf(power)}(${(isSymmetric(node) ? [...indices].sort((a, b) => a - b) : indices).join()})`)
    .sort()
    .join(" "); // prettier-ignore

/** The product with one pair of neighbours exchanged, for each pair that commutes. */
function exchanges(
  store: Store,
  factors: readonly Factor[],
  out: readonly number[],
): readonly (readonly Factor[])[] {
  const uses = new Map<number, number>();
  for (const { indices } of factors) for (const index of indices) uses.set(index, (uses.get(index) ?? 0) + 1);
  const isMatrix = ({ indices, power }: Factor): boolean =>
    indices.length === 2 && indices[0] !== indices[1] && Q.isOne(power);
  return factors.flatMap((first, a) =>
    factors.slice(a + 1).flatMap((second): readonly (readonly Factor[])[] => {
      const joint = first.indices.find((index) => second.indices.includes(index));
      if (joint === undefined || uses.get(joint) !== 2 || out.includes(joint)) return [];
      if (!isMatrix(first) || !isMatrix(second) || first.node === second.node) return [];
      const [from, to] = [first, second].map(({ indices }) => indices.find((index) => index !== joint)!) as [number, number]; // prettier-ignore
      // A matrix runs from its rows to its columns; a symmetric one runs both ways.
      const runsBack = (factor: Factor, end: number): boolean | undefined =>
        isSymmetric(factor.node) ? undefined : factor.indices[0] === end;
      const [back, alsoBack] = [runsBack(first, joint), runsBack(second, to)];
      if (back !== undefined && alsoBack !== undefined && back !== alsoBack) return [];
      if (from === to || !commute(store, first.node, second.node)) return [];
      const turned = back ?? alsoBack ?? false;
      const place = (node: TensorNode, start: number, end: number): Factor => ({
        node,
        indices: turned ? [end, start] : [start, end],
        power: Q.one,
      });
      const rest = factors.filter((factor) => factor !== first && factor !== second);
      return [[...rest, place(second.node, from, joint), place(first.node, joint, to)]];
    }),
  );
}
