import type { Factor, TensorNode } from "./node.ts";
import type { Draft } from "./product.ts";
import * as Q from "./rational.ts";

/** Σ_k softmax(u)_k = 1, where nothing else has the index k. True if one was found; each use removes a factor. */
export function sumProbabilities(draft: Draft): boolean {
  const alone = (factor: Factor): boolean => {
    const [index] = factor.indices as readonly [number];
    return (
      !draft.out.includes(index) &&
      draft.factors.every((other) => other === factor || !other.indices.includes(index))
    );
  };
  const found = draft.factors.find(
    (factor) => isProbability(factor.node) && Q.isOne(factor.power) && alone(factor),
  );
  if (found === undefined) return false;
  draft.factors = draft.factors.filter((factor) => factor !== found);
  draft.extent.delete(found.indices[0]!);
  return true;
}

const isProbability = (node: TensorNode): boolean => node.kind === "head" && node.name === "softmax";
