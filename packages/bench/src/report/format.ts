import { byHand } from "../measure/results.ts";
import type { BenchmarkResult, Cell, WorkloadResult } from "../measure/index.ts";
import type { DerivationCheck } from "./report.ts";

const units: readonly { readonly name: string; readonly milliseconds: number }[] = [
  { name: "h", milliseconds: 3_600_000 },
  { name: "min", milliseconds: 60_000 },
  { name: "s", milliseconds: 1000 },
  { name: "ms", milliseconds: 1 },
  { name: "µs", milliseconds: 1e-3 },
  { name: "ns", milliseconds: 1e-6 },
];

/**
 * A duration in the unit that suits it, to three digits.
 *
 * @example
 * import { formatDuration } from "@fluxion/bench";
 * formatDuration(1_500_000); // => 25 min
 * formatDuration(0.0000214); // => 21.4 ns
 */
export function formatDuration(milliseconds: number): string {
  const rounded = Number(milliseconds.toPrecision(3));
  const unit = units.find((candidate) => rounded >= candidate.milliseconds) ?? units.at(-1)!;
  return `${formatNumber(milliseconds / unit.milliseconds)} ${unit.name}`;
}

/**
 * A number to three digits, without an exponent between 0.001 and a million.
 *
 * @example
 * import { formatNumber } from "@fluxion/bench";
 * formatNumber(1.2345); // => 1.23
 */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "–";
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}

/**
 * A number of bytes in the unit that suits it, to three digits.
 *
 * @example
 * import { formatBytes } from "@fluxion/bench";
 * formatBytes(81_920); // => 81.9 kB
 */
export function formatBytes(bytes: number): string {
  const unit =
    bytes >= 1e9
      ? { name: "GB", bytes: 1e9 }
      : bytes >= 1e6
        ? { name: "MB", bytes: 1e6 }
        : { name: "kB", bytes: 1e3 };
  return bytes < 1000 ? `${Math.round(bytes)} B` : `${formatNumber(bytes / unit.bytes)} ${unit.name}`;
}

export function formatRatio(ratio: number | undefined): string {
  return ratio === undefined ? "" : `${formatNumber(ratio)}×`;
}

export function formatPercent(share: number): string {
  return `±${Math.round(50 * share)} %`;
}

/** The time of a cell's derivative, or what is known instead. */
export function formatDerivative(cell: Cell): string {
  switch (cell.status) {
    case "measured":
      return formatDuration(cell.derivative!.milliseconds);
    case "predicted":
      return `≈ ${formatDuration(cell.predicted!)} (predicted)`;
    case "wrong":
      return `wrong by ${formatNumber(cell.agreement!.error)}`;
    case "failed":
      return "failed";
  }
}

/** The largest difference from the derivative by hand, relative; or why there is none. */
export function formatDifference({ contender, agreement, message }: Cell): string {
  if (contender === byHand) return "";
  if (!agreement) return message ?? "";
  const sampled = agreement.compared === "all entries" ? "" : " (sampled)";
  const unsure = agreement.verdict === "inconclusive" ? ", inconclusive" : "";
  return `${formatNumber(agreement.error)}${sampled}${unsure}`;
}

/** "time grows like n^1.62 (theory 2)", for every contender that was measured often enough. */
function formatGrowth({ growth }: WorkloadResult): string {
  const laws = growth.flatMap(({ contender, exponent, theory }) =>
    exponent === null ? [] : [`${contender} n^${exponent.toFixed(2)} (theory ${formatNumber(theory)})`],
  );
  return laws.length === 0 ? "" : `Growth: ${laws.join(", ")}.`;
}

/** Where the order of two contenders changes: one line for each crossing. */
function formatCrossovers({ crossovers }: WorkloadResult): string[] {
  return crossovers.map(
    ({ below, above, size }) => `${below} is faster up to n ≈ ${formatNumber(size)}, ${above} beyond.`,
  );
}

/** What a workload's sizes say together. */
export function remarks(result: WorkloadResult): string[] {
  return [formatGrowth(result), ...formatCrossovers(result)].filter((line) => line !== "");
}

/** A header and rows, for every form of the report. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Every row of a workload; memory is a column where it was counted. */
export function workloadTable(result: WorkloadResult): Table {
  const counted = result.cells.some(({ bytes }) => bytes !== undefined);
  const memory = (text: string): string[] => (counted ? [text] : []);
  const rows = result.sizes.flatMap(({ n, label }) =>
    result.cells
      .filter(({ size }) => size === n)
      .map((cell, position) => [
        position === 0 ? label : "",
        cell.contender,
        cell.value ? formatDuration(cell.value.milliseconds) : "",
        formatDerivative(cell),
        formatRatio(cell.perValue),
        formatRatio(cell.perByHand),
        cell.derivative ? formatPercent(cell.derivative.spread) : "",
        ...memory(cell.bytes === undefined ? "" : formatBytes(cell.bytes)),
        cell.calls === undefined ? "" : String(cell.calls),
        formatDifference(cell),
      ]),
  );
  const times = ["f", "derivative", "÷ f", "÷ by hand", "spread"];
  return { columns: ["size", "", ...times, ...memory("memory"), "calls of f", "difference"], rows };
}

/** Every workload with, for each contender, the cell of the largest size it was measured at (or else predicted). */
export interface Summary {
  readonly contenders: readonly string[];
  readonly rows: readonly {
    readonly workload: WorkloadResult;
    readonly cells: readonly (Cell | undefined)[];
  }[];
}

export function summarize({ workloads }: BenchmarkResult): Summary {
  const everyone = workloads.flatMap(({ cells }) => cells.map(({ contender }) => contender));
  const contenders = [...new Set(everyone)].filter((name) => name !== byHand);
  const rows = workloads.map((workload) => ({
    workload,
    cells: contenders.map((name) => {
      const own = workload.cells.filter(({ contender }) => contender === name);
      return own.findLast(({ status }) => status === "measured") ?? own.at(-1);
    }),
  }));
  return { contenders, rows };
}

/** A cell of the summary: "1.37× n=100"; where nothing could be measured, the time that is predicted. */
export function formatSummary(cell: Cell | undefined): string {
  if (!cell) return "";
  const predicted = cell.predicted === undefined ? cell.status : `≈ ${formatDuration(cell.predicted)}`;
  return `${cell.status === "measured" ? formatRatio(cell.perByHand) : predicted} n=${cell.size}`;
}

/** A derivation's table, for every form of the report: strategies at a random point. */
export function checkTable(checks: readonly DerivationCheck[]): Table {
  const rows = checks.map(({ strategy, first, error, bound }) => [
    strategy,
    String(first),
    formatNumber(error),
    bound === undefined ? "" : formatNumber(bound),
  ]);
  return { columns: ["at a random point", "first entry", "difference", "own bound"], rows };
}
