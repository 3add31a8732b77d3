import { neg, type OperatorName, operatorNames, type Tensor } from "@fluxion/core";
import { rules as jvpRules } from "@fluxion/forward-dual";
import { rules as vjpRules } from "@fluxion/reverse-tape";
import type { Control } from "./control.ts";
import { forwardWith } from "./forward.ts";
import { reverseWith } from "./reverse.ts";

type Rule = (...parameters: readonly unknown[]) => Tensor;

/** For every operator and every operand that has a derivative: its rule with the other sign, forward and reverse. */
export const signControls: readonly Control[] = operatorNames.flatMap((operator) => [
  ...flipped(jvpRules[operator]).map(([operand, rule]) => forwardControl(operator, operand, rule)),
  ...flipped(vjpRules[operator].pullback).map(([operand, pullback]) =>
    reverseControl(operator, operand, pullback),
  ),
]);

/** The rule of an operator with the sign of one operand turned, for each operand. */
function flipped(rule: unknown): readonly (readonly [operand: number, rule: unknown])[] {
  if (typeof rule === "function")
    return [[0, (...parameters: readonly unknown[]) => neg((rule as Rule)(...parameters))]];
  const rules = rule as readonly (Rule | null)[];
  return rules.flatMap((own, operand) =>
    own ? [[operand, rules.with(operand, (...parameters) => neg(own(...parameters)))] as const] : [],
  );
}

function forwardControl(operator: OperatorName, operand: number, rule: unknown): Control {
  const fault = `${operator}, operand ${operand}: the other sign`;
  return { operator, fault, strategy: forwardWith(`forward: ${fault}`, { [operator]: rule }) };
}

function reverseControl(operator: OperatorName, operand: number, pullback: unknown): Control {
  const fault = `${operator}, operand ${operand}: the other sign`;
  return {
    operator,
    fault,
    strategy: reverseWith(`reverse: ${fault}`, { [operator]: { ...vjpRules[operator], pullback } }),
  };
}
