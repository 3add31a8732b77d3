import type { BenchmarkResult, Cell, Overhead, WorkloadResult } from "../measure/index.ts";
import type { Builder, Child, TableCell } from "./document.ts";
import { formatSummary, remarks, summarize, workloadTable } from "./format.ts";
import { formula } from "./formula.ts";
import { contenderColors, ratioPlot, timePlot } from "./plots.ts";
import type { Colors } from "./plots.ts";

/** The comparison: a summary, then each workload with its plots and all its rows. */
export function speedSection(build: Builder, benchmark: BenchmarkResult): Child[] {
  const { element } = build;
  const everyone = benchmark.workloads.flatMap(({ cells }) => cells.map(({ contender }) => contender));
  const colors = contenderColors([...new Set(everyone)]);
  return [
    element("h2", {}, "Speed"),
    element(
      "p",
      {},
      "Median CPU time of interleaved rounds. A row is timed only after its numbers agree with the derivative written by hand. ",
      "What is predicted would take longer than the budget; its numbers are sampled, along random directions. ",
      "Growth is the exponent of n, fitted to the three largest sizes that were measured; theory is that for large n.",
    ),
    legend(build, colors),
    summaryTable(build, benchmark),
    ...benchmark.workloads.flatMap((workload) => workloadSection(build, workload, colors)),
    ...(benchmark.overhead ? overheadSection(build, benchmark.overhead) : []),
  ];
}

function legend({ element }: Builder, colors: Colors): HTMLElement {
  const entries = [...colors].map(([name, color]) =>
    element("span", {}, element("i", { style: `background:${color}` }), name),
  );
  return element("div", { class: "legend" }, ...entries);
}

/** Every workload in one row; the fastest contender stands out. */
function summaryTable({ element, table }: Builder, benchmark: BenchmarkResult): HTMLElement {
  const { contenders, rows } = summarize(benchmark);
  const lines = rows.map(({ workload, cells }): TableCell[] => {
    const best = Math.min(...cells.map((cell) => cell?.perByHand ?? Infinity));
    return [
      { content: element("a", { href: `#${workload.name}` }, workload.title) },
      ...cells.map((cell) => ({
        content: formatSummary(cell),
        look: cell !== undefined && (look(cell) || (cell.perByHand === best && "best")),
      })),
    ];
  });
  return table(["time over the derivative by hand", ...contenders], lines, 1);
}

function workloadSection(build: Builder, workload: WorkloadResult, colors: Colors): Child[] {
  const { element, document } = build;
  return [
    element("h3", { id: workload.name }, `${workload.title} — ${workload.operator}`),
    formula(build, workload.latex),
    element(
      "div",
      { class: "plots" },
      timePlot(workload, colors, document),
      ...ratioPlot(workload, colors, document),
    ),
    cellTable(build, workload),
    ...remarks(workload).map((line) => element("p", { class: "note" }, line)),
  ];
}

function cellTable({ table }: Builder, workload: WorkloadResult): HTMLElement {
  const { columns, rows } = workloadTable(workload);
  const cells = workload.sizes.flatMap(({ n }) => workload.cells.filter(({ size }) => size === n));
  const lines = rows.map((row, position) =>
    row.map((content) => ({ content, look: look(cells[position]!) })),
  );
  return table(columns, lines, 2);
}

function look({ status }: Cell): string | false {
  if (status === "predicted") return "predicted";
  return status !== "measured" && "bad";
}

function overheadSection({ element, table }: Builder, overhead: readonly Overhead[]): Child[] {
  const rows = overhead.map(({ contender, total, arithmetic, overhead: extra }) => [
    { content: contender },
    ...[total, arithmetic, extra].map((microseconds) => ({ content: `${microseconds.toFixed(3)} µs` })),
  ]);
  return [
    element("h3", {}, "Per scalar operator"),
    table(["", "derivative", "its arithmetic", "overhead"], rows, 1),
  ];
}
