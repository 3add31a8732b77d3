import Table from "cli-table3";
import type { FitResult } from "../fit/index.ts";
import { describeEnvironment } from "../measure/environment.ts";
import type { BenchmarkResult, Overhead } from "../measure/index.ts";
import {
  checkTable,
  formatDuration,
  formatNumber,
  formatSummary,
  remarks,
  summarize,
  workloadTable,
} from "./format.ts";
import type { Derivation } from "./report.ts";

const lines = ["top", "bottom", "left", "right"].flatMap((side) => [side, `${side}-mid`]);
const corners = ["top-left", "top-right", "bottom-left", "bottom-right", "middle"];
/** No frame: only a rule below the header remains. */
const noLines = Object.fromEntries([...lines, ...corners].map((place) => [place, ""]));

/** A table with aligned columns and few lines; it stays readable where there is no colour. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[], left = 1): string {
  const plain = { head: [], border: [] };
  const output = new Table({
    head: [...columns],
    style: { ...plain, compact: true, "padding-left": 1, "padding-right": 1 },
    colAligns: columns.map((_, index) => (index < left ? "left" : "right")),
    chars: { ...noLines, mid: "─", "mid-mid": "─" },
  });
  output.push(...rows.map((row) => [...row]));
  return output.toString();
}

/** The benchmark as text for a terminal. */
export function benchmarkText(result: BenchmarkResult): string {
  const sections = result.workloads.map((workload) => {
    const { columns, rows } = workloadTable(workload);
    return [
      `${workload.title} — ${workload.operator}`,
      table(columns, rows, 2),
      ...remarks(workload).map((line) => `  ${line}`),
    ].join("\n");
  });
  const overhead = result.overhead ? [overheadText(result.overhead)] : [];
  return [...sections, ...overhead, describeEnvironment(result.environment)].join("\n\n");
}

export function overheadText(overhead: readonly Overhead[]): string {
  const rows = overhead.map(({ contender, total, arithmetic, overhead: extra }) => [
    contender,
    ...[total, arithmetic, extra].map((microseconds) => `${microseconds.toFixed(3)} µs`),
  ]);
  return `Per scalar operator\n${table(["", "derivative", "its arithmetic", "overhead"], rows)}`;
}

/** Every workload in one row: each contender's ratio to the derivative by hand, at the largest size it was measured at. */
export function comparisonText(result: BenchmarkResult): string {
  const { contenders, rows } = summarize(result);
  const body = rows.map(({ workload, cells }) => [
    workload.title,
    workload.operator,
    ...cells.map(formatSummary),
  ]);
  return `${table(["", "", ...contenders], body, 2)}\n${describeEnvironment(result.environment)}`;
}

/** A derivation as text for a terminal. */
export function derivationText(derivation: Derivation): string {
  const { title, question, answer, answerLatex, steps, checks, remark } = derivation;
  const { columns, rows } = checkTable(checks);
  return [
    title,
    `  ${question}  →  ${answer}`,
    `  ${answerLatex}`,
    ...steps.map(({ rule, before, after }, index) => `  ${index + 1}. ${rule}: ${before}  →  ${after}`),
    table(columns, rows),
    ...(remark === undefined ? [] : [`  ${remark}`]),
  ].join("\n");
}

/** The fits as text for a terminal. */
export function fitText({ title, rows, features, reference, fits }: FitResult): string {
  const body = fits.map((fit) => [
    fit.strategy,
    fit.method,
    String(fit.iterations),
    formatDuration(fit.milliseconds),
    formatNumber(fit.error),
    ...fit.coefficients.map((coefficient) => coefficient.toFixed(5)),
  ]);
  const exact = ["by hand", "", "", "", "", ...reference.coefficients.map((c) => c.toFixed(5))];
  const columns = ["", "method", "iterations", "time", "error", ...features];
  return `${title}, ${rows} flowers (by hand: ${reference.method})\n${table(columns, [exact, ...body], 2)}`;
}
