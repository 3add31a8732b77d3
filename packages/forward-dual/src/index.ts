export * from "./operators.ts";
export { rules, type JvpRule, type JvpRules, type Point } from "./rules/index.ts";
export { forwardDual } from "./strategy.ts";
