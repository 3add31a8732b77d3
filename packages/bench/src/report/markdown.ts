import { describeEnvironment } from "../measure/environment.ts";
import type { BenchmarkResult } from "../measure/index.ts";
import { formatNumber, formatSummary, remarks, summarize, workloadTable } from "./format.ts";
import type { Report } from "./report.ts";

/** The report as GitHub-flavoured Markdown. */
export function markdownReport({ benchmark, derivations, crossCheck, fits }: Report): string {
  const blocks = ["# Fluxion: comparison of strategies", escape(describeEnvironment(benchmark.environment))];
  for (const { title, question, answer } of derivations ?? []) {
    blocks.push(`## ${escape(title)}`, `The derivative of \`${question}\` is \`${answer}\`.`);
  }
  if (crossCheck) {
    const { programs, agreements, inconclusive, disagreements } = crossCheck;
    blocks.push(
      "## Random programs",
      `${programs} programs: ${agreements} comparisons agree, ${inconclusive} are inconclusive, ${disagreements} disagree.`,
    );
  }
  blocks.push(`## Time over the derivative by hand`, summaryTable(benchmark));
  for (const workload of benchmark.workloads) {
    const { columns, rows } = workloadTable(workload);
    blocks.push(`## ${escape(workload.title)} — ${workload.operator}`, markdownTable(columns, rows, 2));
    blocks.push(...remarks(workload).map(escape));
  }
  if (benchmark.overhead) {
    const rows = benchmark.overhead.map(({ contender, ...times }) => [
      contender,
      ...[times.total, times.arithmetic, times.overhead].map((time) => `${time.toFixed(3)} µs`),
    ]);
    blocks.push(
      "## Per scalar operator",
      markdownTable(["", "derivative", "its arithmetic", "overhead"], rows, 1),
    );
  }
  for (const { title, reference, features, fits: rows } of fits ?? []) {
    const lines = rows.map(({ strategy, method, iterations, error, coefficients }) => [
      strategy,
      method,
      String(iterations),
      formatNumber(error),
      ...coefficients.map((coefficient) => coefficient.toFixed(5)),
    ]);
    const exact = ["by hand", reference.method, "", "", ...reference.coefficients.map((c) => c.toFixed(5))];
    blocks.push(`## ${escape(title)}`);
    blocks.push(markdownTable(["", "method", "iterations", "error", ...features], [exact, ...lines], 2));
  }
  return `${blocks.join("\n\n")}\n`;
}

/** Every workload in one row. */
function summaryTable(benchmark: BenchmarkResult): string {
  const { contenders, rows } = summarize(benchmark);
  const lines = rows.map(({ workload, cells }) => [
    workload.title,
    workload.operator,
    ...cells.map(formatSummary),
  ]);
  return markdownTable(["", "", ...contenders], lines, 2);
}

function markdownTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  left: number,
): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escape).join(" | ")} |`;
  const rule = columns.map((_, index) => (index < left ? "---" : "--:"));
  return [line(columns), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

/** Text that Markdown shows as it is. */
function escape(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|#]/g, String.raw`\$&`).replaceAll("\n", " ");
}
