export type { Keeps, Residuals, VjpRule, VjpRules } from "./rule.ts";
export { rules } from "./rules.ts";
