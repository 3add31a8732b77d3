import type { OperatorName, Strategy } from "@fluxion/core";

/** A deliberately wrong strategy: a cross-check that doesn't notice it is worth nothing. */
export interface Control {
  readonly strategy: Strategy;
  /** The mistake, in one sentence. */
  readonly fault: string;
  /** The operator whose rule is wrong; null where the mistake is elsewhere. */
  readonly operator: OperatorName | null;
}
