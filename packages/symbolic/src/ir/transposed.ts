import type { TensorNode } from "./node.ts";
import { einsum } from "./product.ts";
import * as Q from "./rational.ts";
import type { Store } from "./store.ts";

/** The matrix with its two axes exchanged. */
export const transposed = (store: Store, node: TensorNode): TensorNode =>
  einsum(store, Q.one, [{ node, indices: [1, 0] }], [0, 1], [node.dims[1]!, node.dims[0]!]);
