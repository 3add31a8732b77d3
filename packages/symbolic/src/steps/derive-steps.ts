import type { Expression } from "../expression.ts";
import type { Variable } from "../ir/node.ts";
import { chainSteps } from "./chain.ts";
import { componentSteps } from "./components.ts";
import { findInner } from "./inner.ts";
import { ruleSteps } from "./rules.ts";
import type { Step } from "./step.ts";

/** How a derivation is written: entry by entry, or with differentials and the chain rule. */
export type StepStyle = "components" | "differentials";

/** One differentiation: what was differentiated, by what, and the result. */
export interface Stage {
  readonly value: Expression;
  readonly wrt: Variable;
  readonly derivative: Expression;
}

/** The derivation of each stage; scalars by scalars are shown rule by rule. */
export function deriveSteps(stages: readonly Stage[], style: StepStyle | undefined): readonly Step[] {
  return stages.flatMap((stage) => stageSteps(stage, style));
}

function stageSteps({ value, wrt, derivative }: Stage, style: StepStyle | undefined): readonly Step[] {
  const scalar = derivative.shape.length === 0;
  if (style === "components" && !scalar) return componentSteps(value, derivative, wrt.name);
  const inner =
    value.parts.tree === undefined || scalar || value.shape.length > 0 ? undefined : findInner(value, wrt);
  if (inner !== undefined && (style === "differentials" || inner.value.kind !== "scalar")) {
    return chainSteps(value, inner, derivative, wrt.name);
  }
  if (style === "differentials" || scalar) return ruleSteps(value, derivative, wrt);
  return componentSteps(value, derivative, wrt.name);
}
