import type { Strategy } from "@fluxion/core";
import { exactStrategies } from "../support/strategies.ts";

/** An outer strategy over an inner one, and how exact their composition is. */
export interface Pair {
  readonly name: string;
  readonly outer: Strategy;
  readonly inner: Strategy;
  readonly tolerance: number;
}

/** Every composition that must work. */
export const pairs: readonly Pair[] = exactStrategies.flatMap((outer) =>
  exactStrategies.map((inner) => ({ name: `${outer.name} over ${inner.name}`, outer, inner, tolerance: 1e-13 })),
);
