import { FluxionError } from "@fluxion/core";
import type { Expression } from "../expression.ts";
import type { Variable } from "../ir/node.ts";
import { chainSteps } from "./chain.ts";
import { componentSteps } from "./components.ts";
import { differentialSteps } from "./differentials.ts";
import { RESULT_NAMES } from "./names.ts";
import { dependsOn } from "./rule-names.ts";
import { constantStep, ruleSteps } from "./rules.ts";
import type { Step } from "./step.ts";

/** How a derivation is written: entry by entry, or with differentials and the chain rule. */
export type StepStyle = "components" | "differentials";

/** One differentiation: what was differentiated, by what, and the result. */
export interface Stage {
  readonly value: Expression;
  readonly wrt: Variable;
  readonly derivative: Expression;
  /** What is done with the derivative after it was found. */
  readonly afterwards?: () => Step;
}

/** The derivation of each stage; scalars by scalars are shown rule by rule. What was shown once is not shown again. */
export function deriveSteps(stages: readonly Stage[], style: StepStyle | undefined): readonly Step[] {
  const shown = new Set<string>();
  return stages.flatMap((stage, order) => {
    const found = stageSteps(stage, style, RESULT_NAMES[Math.min(order, RESULT_NAMES.length - 1)]!);
    const own = stage.afterwards === undefined ? found : [...found, stage.afterwards()];
    return own.filter((step, k) => {
      const key = JSON.stringify(step);
      const isNew = !shown.has(key);
      shown.add(key);
      return isNew || k === own.length - 1;
    });
  });
}

function stageSteps(
  { value, wrt, derivative }: Stage,
  style: StepStyle | undefined,
  resultNames: string,
): readonly Step[] {
  if (!dependsOn(wrt)(value.parts.node)) return [constantStep(value, derivative, wrt)];
  const isScalar = derivative.shape.length === 0;
  if (style !== "components" && !isScalar) {
    const chain = attempt(() => chainSteps(value, derivative, wrt, resultNames));
    if (chain !== undefined) return chain;
  }
  if (style === "differentials" || (style === undefined && wrt.dims.length === 2)) {
    const steps = attempt(() => differentialSteps(value, derivative, wrt, resultNames));
    if (steps !== undefined) return steps;
  }
  return isScalar ? ruleSteps(value, derivative, wrt) : componentSteps(value, derivative, wrt, resultNames);
}

/** A derivation goes other ways than the answer did; one on which the engine meets its limits is not taken. */
function attempt(make: () => readonly Step[] | undefined): readonly Step[] | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof FluxionError) return undefined;
    throw error;
  }
}
