export { crossCheck } from "./cross-check.ts";
export type { CrossCheckOptions, CrossCheckReport, Disagreement, Progress, Quantity, VerdictCounts } from "./report.ts";
