export { checkpoint } from "./checkpoint.ts";
export * from "./operators.ts";
export { type Keeps, type Residuals, rules, type VjpRule, type VjpRules } from "./rules/index.ts";
export { reverseTape } from "./strategy.ts";
