import type { Factor, Sum, TensorNode, Term } from "./node.ts";
import * as Q from "./rational.ts";
import { isSymmetric, type Store } from "./store.ts";
import { splitCoefficient } from "./sum.ts";
import { transposed } from "./transposed.ts";

/** Whether the transpose of every term is a term: the first that has none tells, and the whole is never built. */
export const equalsTranspose = (store: Store, { terms }: Sum): boolean =>
  terms.every(({ coefficient, node }) => {
    const turned = transposeOf(store, node);
    return terms.some(
      (other) =>
        other.node === turned.node &&
        Q.equals(other.coefficient, Q.multiply(coefficient, turned.coefficient)),
    );
  });

/** Whether exchanging the axes exchanges factors with others that are the same, as in x*x'. */
const isMirrored = (node: TensorNode): boolean =>
  node.kind === "product"
    ? node.bound.length === 0 && node.factors.every((factor) => hasMirrored(node.factors, factor))
    : isSymmetric(node);

const hasMirrored = (factors: readonly Factor[], { node, indices, power }: Factor): boolean =>
  indices.length === 0 ||
  (indices.length === 2 && indices[0] !== indices[1] && isSymmetric(node)) ||
  factors.some(
    (other) =>
      other.node === node &&
      Q.equals(other.power, power) &&
      other.indices.every((index, k) => index === 1 - indices[k]!),
  );

const transposes = new WeakMap<TensorNode, Term>();

function transposeOf(store: Store, node: TensorNode): Term {
  if (isMirrored(node)) return { coefficient: Q.one, node };
  const known = transposes.get(node);
  if (known !== undefined) return known;
  const turned = splitCoefficient(store, transposed(store, node));
  transposes.set(node, turned);
  return turned;
}
