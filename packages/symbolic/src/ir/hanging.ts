import type { Factor } from "./node.ts";
import { connectedParts } from "./product.ts";

/** Factors that are joined to each other other than through the result's indices, and which of those they touch. */
export interface HangingPart {
  readonly factors: readonly Factor[];
  readonly touches: readonly number[];
}

/** The parts into which factors fall when the result's indices 0 … rank−1 no longer join them. */
export function hangingParts(factors: readonly Factor[], rank: number): readonly HangingPart[] {
  const inner = factors.map((factor) => ({
    ...factor,
    indices: factor.indices.filter((index) => index >= rank),
  }));
  const original = new Map<Factor, Factor>(inner.map((factor, k) => [factor, factors[k]!]));
  return connectedParts(inner).map((part) => {
    const own = part.factors.map((factor) => original.get(factor)!);
    const touches = new Set(own.flatMap((factor) => factor.indices.filter((index) => index < rank)));
    return { factors: own, touches: [...touches] };
  });
}
