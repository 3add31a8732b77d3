export { formatDuration, formatNumber } from "./format.ts";
export { markdownReport } from "./markdown.ts";
export type { CrossCheckSummary, Derivation, Report } from "./report.ts";
export { benchmarkText, comparisonText, derivationText, fitText, overheadText, table } from "./terminal.ts";
