export { formatBytes, formatDuration, formatNumber } from "./format.ts";
export { markdownReport } from "./markdown.ts";
export type { CrossCheckSummary, Derivation, DerivationCheck, Report } from "./report.ts";
export { benchmarkText, comparisonText, derivationText, fitText, overheadText, table } from "./terminal.ts";
