import { hangingParts } from "./hanging.ts";
import type { Factor, Product, TensorNode } from "./node.ts";
import { einsum, type LooseFactor } from "./product.ts";
import * as Q from "./rational.ts";
import type { Store } from "./store.ts";

/** diag(u)*M*diag(v): the vectors at the rows and columns of M, and M, which is the identity in diag(u). */
export interface Scaled {
  readonly factors: readonly LooseFactor[];
  readonly matrix: TensorNode;
}

/** The diagonal matrices at both sides of a product, apart from what is between them; undefined if there are none. */
export function takeDiagonals(store: Store, a: TensorNode): Scaled | undefined {
  if (a.kind !== "product" || a.dims.length !== 2 || !Q.isOne(a.coefficient)) return undefined;
  const parts = hangingParts(a.factors, 2);
  const between = parts.filter(({ touches }) => touches.length === 2);
  const vectors = parts.filter(({ touches }) => touches.length === 1);
  // Without a matrix between its rows and columns the product is one of two vectors, and has no inverse.
  if (between.length === 0 || vectors.length === 0) return undefined;
  const factors = vectors.map(({ factors: own, touches }) => ({
    node: einsum(store, Q.one, own, touches, [a.dims[touches[0]!]!]),
    indices: touches,
  }));
  return { factors, matrix: einsum(store, Q.one, between.flatMap((part) => part.factors), [0, 1], a.dims) }; // prettier-ignore
}

/** A matrix in a chain of products, from one index to the next. */
export interface Link {
  readonly node: TensorNode;
  readonly from: number;
  readonly to: number;
  /** Whether the matrix is met against its direction. */
  readonly flipped: boolean;
}

/** A product of at least two square matrices, one after the other from index 0 to index 1. */
export function squareChain(a: TensorNode): readonly Link[] | undefined {
  if (a.kind !== "product" || a.dims.length !== 2 || a.factors.length < 2 || !Q.isOne(a.coefficient))
    return undefined;
  const usable = (factor: Factor): boolean =>
    Q.isOne(factor.power) &&
    factor.indices.length === 2 &&
    factor.node.dims[0] === factor.node.dims[1] &&
    factor.node.dims[0] === a.dims[0];
  if (!a.factors.every(usable)) return undefined;
  return walk(a);
}

function walk(a: Product): readonly Link[] | undefined {
  const links: Link[] = [];
  let remaining = [...a.factors];
  let at = 0;
  while (remaining.length > 0) {
    const next = remaining.filter((factor) => factor.indices.includes(at));
    if (next.length !== 1) return undefined;
    const { node, indices } = next[0]!;
    const flipped = indices[0] !== at;
    const to = flipped ? indices[0]! : indices[1]!;
    if (to === at) return undefined;
    links.push({ node, from: at, to, flipped });
    remaining = remaining.filter((factor) => factor !== next[0]);
    at = to;
  }
  return at === 1 ? links : undefined;
}
