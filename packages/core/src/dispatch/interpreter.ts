import type { AnyOperator, OperatorName } from "../operators/operator.ts";
import type { CustomRule } from "../strategy/custom-rule.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * Who gives operators another meaning while a function runs: the duals of forward mode, the tape of reverse mode, vmap,
 * the graph recorder. Values carry their interpreter; among the operands of an operator the highest level wins, and it
 * treats all others as constants.
 */
export interface Interpreter {
  /** As errors and printed values name it. */
  readonly name: string;
  readonly level: number;
  /** True until the function that this level was opened for has returned. */
  open: boolean;
  /** The meaning of an operator when at least one input is of this level. */
  apply(operator: AnyOperator, inputs: readonly Tensor[], attributes: object): Tensor;
  /** The meaning of a function with rules of its own when at least one input is of this level. */
  applyCustom(rule: CustomRule, inputs: readonly Tensor[]): Tensor;
}

/** Rules found by an operator's integer id instead of by its name. */
export function indexById<Rule>(
  rules: { readonly [N in OperatorName]: Rule },
  names: readonly OperatorName[],
): readonly Rule[] {
  return names.map((name) => rules[name]);
}
