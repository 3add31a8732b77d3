import type { Factor } from "./node.ts";
import { partsWithout } from "./parts.ts";

/** Factors that are joined to each other other than through the result's indices, and which of those they touch. */
export interface HangingPart {
  readonly factors: readonly Factor[];
  readonly touches: readonly number[];
}

/** The parts into which factors fall when the result's indices 0 … rank−1 no longer join them. */
export function hangingParts(factors: readonly Factor[], rank: number): readonly HangingPart[] {
  return partsWithout(factors, (index) => index < rank).map((part) => {
    const touches = new Set(part.factors.flatMap((factor) => factor.indices.filter((index) => index < rank)));
    return { factors: part.factors, touches: [...touches] };
  });
}
