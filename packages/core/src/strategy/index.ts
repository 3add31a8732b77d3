export {
  applyCustomRule,
  capturedByRule,
  checkCotangents,
  checkTangent,
  customRule,
  type CustomRule,
  type CustomRules,
} from "./custom-rule.ts";
export { defineStrategy } from "./define-strategy.ts";
export type * from "./definition.ts";
export type * from "./estimate.ts";
export type { Strategy, StrategyMode } from "./strategy.ts";
export type { Argument, Differentiable, Jacobian, Mirror, Options, Values } from "./types.ts";
