export { formatDuration, formatNumber } from "./format.ts";
export { markdownReport } from "./markdown.ts";
export { htmlReport } from "./page.ts";
export type { CrossCheckSummary, Derivation, Report } from "./report.ts";
export { benchmarkText, comparisonText, derivationText, fitText, overheadText, table } from "./terminal.ts";
export { writeReport } from "./write.ts";
export type { WrittenReport } from "./write.ts";
