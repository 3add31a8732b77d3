import type { OperatorName } from "@fluxion/core";
import type { Builder } from "../builder.ts";
import { Refused } from "../refused.ts";

/** How a random program comes by an operator: picks operands among its nodes and adds it. Throws `Refused`. */
export interface Maker {
  /** How often, relative to the others. */
  readonly weight: number;
  readonly make: (builder: Builder) => number;
}

/** One maker for every operator: leaving one out doesn't compile. */
export type Makers<Names extends OperatorName = OperatorName> = { readonly [N in Names]: Maker };

export function maker(weight: number, make: Maker["make"]): Maker {
  return { weight, make };
}

/** The first attempt that isn't refused. */
export function firstOf(builder: Builder, ...attempts: readonly (() => number)[]): number {
  for (const attempt of attempts.slice(0, -1)) {
    try {
      return builder.attempt(attempt);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
  return attempts.at(-1)!();
}
