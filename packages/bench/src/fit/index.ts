export { fitWith } from "./fit.ts";
export type { FitResult, StrategyFit } from "./fit.ts";
