export { rules } from "./rules.ts";
export type { JvpRule, JvpRules, Point } from "./rule.ts";
