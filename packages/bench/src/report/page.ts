import { describeEnvironment } from "../measure/environment.ts";
import { byHand } from "../measure/results.ts";
import type { BenchmarkResult, Cell, WorkloadResult } from "../measure/index.ts";
import { builder } from "./document.ts";
import type { Builder, Child } from "./document.ts";
import { remarks, formatNumber, formatRatio, workloadTable } from "./format.ts";
import { formulaStyle, renderFormula } from "./formula.ts";
import { contenderColors, ratioPlot, timePlot } from "./plots.ts";
import type { Colors } from "./plots.ts";
import type { Derivation, Report } from "./report.ts";
import { style } from "./style.ts";

/** The report as one HTML page that needs nothing else: style, fonts, formulas and plots are inside. */
export function htmlReport(report: Report): string {
  const build = builder("Fluxion: comparison of strategies");
  const { document, element } = build;
  document.head.append(element("style", {}, style), element("style", {}, formulaStyle()));
  const { benchmark } = report;
  const colors = contenderColors([
    ...new Set(benchmark.workloads.flatMap(({ cells }) => cells.map((cell) => cell.contender))),
  ]);
  const sections = [
    ...derivationSection(build, report.derivations),
    ...crossCheckSection(build, report),
    ...comparisonSection(build, benchmark, colors),
    ...fitSection(build, report),
  ];
  document.body.append(
    element("h1", {}, "Comparison of differentiation strategies"),
    element("p", { class: "note" }, describeEnvironment(benchmark.environment)),
    ...sections,
  );
  return document.toString();
}

function formula({ markup }: Builder, latex: string, display = true): HTMLElement {
  return markup(display ? "div" : "span", { class: "formula" }, renderFormula(latex, display));
}

function derivationSection(build: Builder, derivations: readonly Derivation[] = []): Child[] {
  const { element } = build;
  if (derivations.length === 0) return [];
  return [
    element("h2", {}, "Derived in closed form"),
    ...derivations.flatMap(({ title, question, answer, questionLatex, answerLatex, steps, checks }) => [
      element("h3", {}, title),
      formula(build, `${questionLatex} \\;=\\; ${answerLatex}`),
      element("p", { class: "note" }, element("code", {}, question), " → ", element("code", {}, answer)),
      element(
        "details",
        {},
        element("summary", {}, `${steps.length} steps`),
        element(
          "ol",
          { class: "steps" },
          ...steps.map(({ rule, latex }) => element("li", {}, rule, formula(build, latex))),
        ),
      ),
      ...(checks.length === 0 ? [] : [checkLine(build, checks)]),
    ]),
  ];
}

function checkLine({ element }: Builder, checks: Derivation["checks"]): HTMLElement {
  const each = checks.map(({ strategy, error }) => `${strategy} ${formatNumber(error)}`);
  return element("p", { class: "note" }, `Relative difference at a random point: ${each.join(", ")}.`);
}

function crossCheckSection({ element }: Builder, { crossCheck }: Report): Child[] {
  if (!crossCheck) return [];
  const { programs, agreements, inconclusive, disagreements, seconds } = crossCheck;
  return [
    element("h2", {}, "Random programs"),
    element(
      "p",
      {},
      `All strategies were run on ${programs} random programs in ${formatNumber(seconds)} s: `,
      `${agreements} agree, ${inconclusive} inconclusive, ${disagreements} disagree.`,
    ),
  ];
}

function comparisonSection(build: Builder, benchmark: BenchmarkResult, colors: Colors): Child[] {
  const { element } = build;
  return [
    element("h2", {}, "Speed"),
    element(
      "p",
      {},
      "Median CPU time of interleaved rounds. A row is timed only after its numbers agree with the derivative written by hand; ",
      "growth is the exponent of n fitted to the three largest sizes.",
    ),
    element(
      "div",
      { class: "legend" },
      ...[...colors].map(([name, color]) =>
        element("span", {}, element("i", { style: `background:${color}` }), name),
      ),
    ),
    summaryTable(build, benchmark),
    ...benchmark.workloads.flatMap((workload) => workloadSection(build, workload, colors)),
    ...overheadSection(build, benchmark),
  ];
}

/** Every workload in one row: time over the derivative by hand, at the largest size that was measured. */
function summaryTable(build: Builder, { workloads }: BenchmarkResult): HTMLElement {
  const { element } = build;
  const names = [
    ...new Set(workloads.flatMap(({ cells }) => cells.map(({ contender }) => contender))),
  ].filter((name) => name !== byHand);
  const rows = workloads.map((workload) => {
    const latest = names.map((name) =>
      workload.cells.findLast(({ contender, perByHand }) => contender === name && perByHand !== undefined),
    );
    const best = Math.min(...latest.map((cell) => cell?.perByHand ?? Infinity));
    return element(
      "tr",
      {},
      element("td", { class: "text" }, element("a", { href: `#${workload.name}` }, workload.title)),
      ...latest.map((cell) =>
        element(
          "td",
          { class: cell?.perByHand === best ? "best" : false },
          cell ? `${formatRatio(cell.perByHand)} at n = ${cell.size}` : "–",
        ),
      ),
    );
  });
  const head = element(
    "tr",
    {},
    element("th", { class: "text" }, "time over the derivative by hand"),
    ...names.map((name) => element("th", {}, name)),
  );
  return element(
    "div",
    { class: "scroll" },
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)),
  );
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
      ratioPlot(workload, colors, document),
    ),
    cellTable(build, workload),
    ...remarks(workload).map((line) => element("p", { class: "note" }, line)),
  ];
}

function cellTable({ element }: Builder, workload: WorkloadResult): HTMLElement {
  const { columns, rows } = workloadTable(workload);
  const head = element(
    "tr",
    {},
    ...columns.map((column, index) => element("th", { class: index < 2 && "text" }, column)),
  );
  const cells = workload.sizes.flatMap(({ n }) => workload.cells.filter(({ size }) => size === n));
  const body = rows.map((row, position) =>
    element(
      "tr",
      { class: row[0] !== "" && "first" },
      ...row.map((text, index) => element("td", { class: cellClass(cells[position]!, index) }, text)),
    ),
  );
  return element(
    "div",
    { class: "scroll" },
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)),
  );
}

function cellClass({ status }: Cell, column: number): string | false {
  if (column < 2) return "text";
  if (status === "predicted") return "predicted";
  return status !== "measured" && "bad";
}

function overheadSection({ element }: Builder, { overhead }: BenchmarkResult): Child[] {
  if (!overhead) return [];
  const lines = overhead.map(
    ({ contender, total, arithmetic, overhead: extra }) =>
      `${contender}: ${total.toFixed(3)} µs, of which ${arithmetic.toFixed(3)} µs are arithmetic and ${extra.toFixed(3)} µs overhead.`,
  );
  return [element("h3", {}, "Per scalar operator"), ...lines.map((line) => element("p", {}, line))];
}

function fitSection({ element }: Builder, { fits }: Report): Child[] {
  if (!fits) return [];
  return [
    element("h2", {}, "Regressions on a real data set"),
    ...fits.flatMap(({ title, source, rows, features, reference, fits: lines, tolerance }) => {
      const columns = ["", "method", "iterations", "evaluations", "error", ...features];
      const exact = [
        "by hand",
        reference.method,
        "",
        "",
        "",
        ...reference.coefficients.map((c) => c.toFixed(5)),
      ];
      const body = lines.map(({ strategy, method, iterations, evaluations, error, coefficients }) => ({
        wrong: !(error <= tolerance),
        cells: [
          strategy,
          method,
          `${iterations}`,
          `${evaluations}`,
          formatNumber(error),
          ...coefficients.map((c) => c.toFixed(5)),
        ],
      }));
      const row = (cells: readonly string[], wrong: boolean) =>
        element(
          "tr",
          {},
          ...cells.map((text, index) => element("td", { class: index < 2 ? "text" : wrong && "bad" }, text)),
        );
      return [
        element("h3", {}, title),
        element("p", { class: "note" }, `${rows} flowers. ${source}.`),
        element(
          "div",
          { class: "scroll" },
          element(
            "table",
            {},
            element(
              "thead",
              {},
              element(
                "tr",
                {},
                ...columns.map((column, index) => element("th", { class: index < 2 && "text" }, column)),
              ),
            ),
            element("tbody", {}, row(exact, false), ...body.map(({ cells, wrong }) => row(cells, wrong))),
          ),
        ),
      ];
    }),
  ];
}
