import type { OperatorName, Strategy } from "@fluxion/core";
import { crossCheck } from "../agreement/cross-check.ts";
import type { Control } from "./control.ts";

/** What a cross-check made of a control. */
export interface Kill {
  readonly fault: string;
  readonly killed: boolean;
  /** Programs until it was noticed, or all of them. */
  readonly programs: number;
  /** Whom the vote named. */
  readonly dissenters: readonly string[];
  /** Where the walk through the program ended. */
  readonly operator: OperatorName | null;
  readonly message: string;
}

/** Runs the cross-check on a control and right strategies until it is noticed. */
export function killControl({ fault, strategy }: Control, right: readonly Strategy[], runs: number, seed: number): Kill {
  const report = crossCheck({ strategies: [...right, strategy], runs, seed, maximumDisagreements: 1 });
  const [first] = report.disagreements;
  return {
    fault,
    killed: first !== undefined,
    programs: report.programs,
    dissenters: first?.dissenters ?? [],
    operator: (first?.operator ?? null),
    message: first?.message ?? "",
  };
}
