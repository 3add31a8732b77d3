export { checkLaws, type LawOptions, type LawReport, lawsFor } from "./check-laws.ts";
export type { Law } from "./law.ts";
export { confusionTest } from "./nesting.ts";
