import type { OperatorName, Strategy } from "@fluxion/core";
import { sample } from "fast-check";
import { crossCheck } from "../agreement/cross-check.ts";
import { examine } from "../agreement/examine.ts";
import type { Quantity } from "../agreement/report.ts";
import { subjectOfProgram } from "../agreement/subject.ts";
import { programs } from "../programs/arbitrary.ts";
import { operatorsIn } from "../programs/program.ts";
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
  readonly operator: OperatorName | "custom" | null;
  readonly message: string;
}

/** Runs the cross-check on a control and right strategies until it is noticed, shrunk and blamed. */
export function killControl(
  { fault, strategy }: Control,
  right: readonly Strategy[],
  runs: number,
  seed: number,
): Kill {
  const report = crossCheck({ strategies: [...right, strategy], runs, seed, maximumDisagreements: 1 });
  const [first] = report.disagreements;
  return {
    fault,
    killed: first !== undefined,
    programs: report.programs,
    dissenters: first?.dissenters ?? [],
    operator: first?.operator ?? null,
    message: first?.message ?? "",
  };
}

/**
 * How many programs it takes until each control with a faulty rule is noticed, null for one that survives; many at once,
 * each compared only on programs with its operator, and to first order.
 */
export function killTogether(
  controls: readonly Control[],
  right: Strategy,
  runs: number,
  seed: number,
): ReadonlyMap<Control, number | null> {
  const killed = new Map<Control, number | null>(controls.map((control) => [control, null]));
  sample(programs(), { numRuns: runs, seed }).forEach((program, i) => {
    const operators = operatorsIn(program.graph);
    const subject = subjectOfProgram(program);
    for (const [control, when] of killed) {
      if (when !== null || control.operator === null || !operators.has(control.operator)) continue;
      const native: Quantity = control.strategy.mode === "reverse" ? "vjp" : "jvp";
      if (examine(subject, [right, control.strategy], [native]).disagreement) killed.set(control, i + 1);
    }
  });
  return killed;
}
