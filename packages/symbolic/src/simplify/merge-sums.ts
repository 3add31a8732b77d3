import type { TensorNode } from "../ir/node.ts";
import { einsum } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import type { Store } from "../ir/store.ts";
import { isScalarProduct } from "./atoms.ts";
import { expandProduct, trial } from "./expand.ts";

/** Most sums of which pairs are tried. */
const LARGEST = 4;

/** (a + b)^p·(a − b)^p = (a² − b²)^p for a whole p: two sums of one power as one, where their product is no longer. */
export function mergeSums(store: Store, node: TensorNode): TensorNode | undefined {
  if (!isScalarProduct(node)) return undefined;
  const sums = node.factors.filter((factor) => factor.node.kind === "sum" && Q.isInteger(factor.power));
  if (sums.length > LARGEST) return undefined;
  for (const [k, first] of sums.entries()) {
    for (const second of sums.slice(k + 1)) {
      if (!Q.equals(first.power, second.power)) continue;
      const factors = [first, second].map((factor) => ({ ...factor, power: Q.one }));
      const product = expandProduct(store, einsum(store, Q.one, factors, [], []), trial);
      const longest = Math.max(...[first, second].map(({ node: part }) => (part.kind === "sum" ? part.terms.length : 0))); // prettier-ignore
      if (product === undefined || (product.kind === "sum" && product.terms.length > longest)) continue;
      const others = node.factors.filter((factor) => factor !== first && factor !== second);
      return einsum(store, node.coefficient, [...others, { node: product, indices: [], power: first.power }], [], []); // prettier-ignore
    }
  }
  return undefined;
}
