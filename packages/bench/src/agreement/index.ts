export { checkGradients, type CheckGradientsOptions, type CheckGradientsReport } from "./check-gradients.ts";
export { checkStrategy } from "./check-strategy.ts";
export { crossCheck } from "./cross-check.ts";
export { type AgreementOptions, expectAgreement } from "./expect-agreement.ts";
export type {
  CrossCheckOptions,
  CrossCheckReport,
  Disagreement,
  Progress,
  Quantity,
  VerdictCounts,
} from "./report.ts";
