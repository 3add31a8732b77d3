import { readFileSync } from "node:fs";
import { FluxionError } from "@fluxion/core";
import { compare, findRegressions, measureOverhead, strategyContender } from "../measure/index.ts";
import type { BenchmarkResult, Regression } from "../measure/index.ts";
import { benchmarkText, formatNumber, overheadText } from "../report/index.ts";
import type { Report } from "../report/index.ts";
import type { WrittenReport } from "../report/write.ts";
import { workloads } from "../workloads/index.ts";
import { parseInteger, parseNumber } from "./arguments.ts";
import { exit } from "./exit.ts";
import { jsonOption, strategiesOption } from "./options.ts";
import type { Subcommand } from "./options.ts";
import { print, progressBar } from "./output.ts";
import type { Output } from "./output.ts";
import { select, selectStrategies } from "./strategies.ts";

/** Options of `fluxion bench` as they were typed. */
export interface BenchOptions {
  readonly strategies?: string;
  readonly workloads?: string;
  readonly large?: true;
  readonly rounds: string;
  readonly time: string;
  readonly budget: string;
  readonly memory?: true;
  readonly overhead?: true;
  readonly baseline?: string;
  readonly tolerance: string;
  readonly report?: string;
  readonly json?: true;
}

/** Every strategy on every workload, or the overhead per operator alone. */
export async function bench(options: BenchOptions, output: Output): Promise<number> {
  const baseline = options.baseline === undefined ? undefined : readBaseline(options.baseline);
  const timing = {
    rounds: parseInteger("--rounds", options.rounds, 1),
    millisecondsPerRound: parseNumber("--time", options.time, 0.1),
  };
  if (options.overhead) return overhead(options, timing, output);
  const result = runComparison(options, timing, output);
  const regressions = baseline
    ? findRegressions(baseline, result, parseNumber("--tolerance", options.tolerance, 0))
    : [];
  print(output, options.json ? JSON.stringify({ ...result, regressions }, null, 2) : benchmarkText(result));
  if (options.report !== undefined) {
    const { html } = await saveReport({ benchmark: result }, options.report);
    output.error.write(`Report: ${html}\n`);
  }
  for (const regression of regressions) output.error.write(`${regressionText(regression)}\n`);
  return regressions.length > 0 || hasWrongCell(result) ? exit.failed : exit.ok;
}

/** What the comparison needs of the options. */
export type ComparisonChoice = Pick<BenchOptions, "strategies" | "workloads" | "large" | "memory" | "budget">;

/** Compares with a bar that shows how far it is. */
export function runComparison(
  options: ComparisonChoice,
  timing: { readonly rounds: number; readonly millisecondsPerRound: number },
  output: Output,
): BenchmarkResult {
  const contenders = selectStrategies(options.strategies).map(strategyContender);
  const chosen = select("workload", workloads, options.workloads);
  const budget = 1000 * parseNumber("--budget", options.budget, 0);
  const bar = progressBar(output);
  try {
    return compare(contenders, chosen, {
      ...timing,
      budget,
      large: options.large === true,
      memory: options.memory === true,
      onProgress: (step, done, total) => bar.update(done, total, step),
    });
  } finally {
    bar.stop();
  }
}

/** Writes a report; what draws and sets it is loaded only now, so that other commands start quickly. */
export async function saveReport(report: Report, folder: string): Promise<WrittenReport> {
  const { writeReport } = await import("../report/write.ts");
  return writeReport(report, folder);
}

/** Whether a strategy gave numbers that are not those of the derivative, or threw. */
export function hasWrongCell({ workloads: results }: BenchmarkResult): boolean {
  return results.some(({ cells }) => cells.some(({ status }) => status === "wrong" || status === "failed"));
}

function overhead(
  options: BenchOptions,
  timing: { readonly rounds: number; readonly millisecondsPerRound: number },
  output: Output,
): number {
  const measured = measureOverhead(selectStrategies(options.strategies), timing);
  print(output, options.json ? JSON.stringify(measured, null, 2) : overheadText(measured));
  return exit.ok;
}

function readBaseline(file: string): BenchmarkResult {
  const advice = "Give a benchmark.json that `fluxion bench --report <folder>` wrote.";
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FluxionError("ARGUMENT", `--baseline ${file}: ${why}. ${advice}`);
  }
  const { format, workloads: found } = (parsed ?? {}) as Partial<BenchmarkResult>;
  if (format === 1 && Array.isArray(found)) return parsed as BenchmarkResult;
  throw new FluxionError("ARGUMENT", `--baseline ${file}: not the result of a benchmark. ${advice}`);
}

function regressionText({ workload, contender, size, before, after }: Regression): string {
  const now =
    after === Infinity ? "is no longer measured" : `takes ${formatNumber(after)} times the time by hand`;
  return `regression: ${contender} on ${workload} at n = ${size} ${now}, ${formatNumber(before)} times before`;
}

/** `fluxion bench` */
export const benchCommand: Subcommand = (program, output, finish) => {
  program
    .command("bench")
    .description("compare the speed of strategies; every number is checked before it is timed")
    .addOption(strategiesOption())
    .option("--workloads <names>", "only these, separated by commas")
    .option("--large", "add the large sizes")
    .option("--rounds <n>", "interleaved rounds", "5")
    .option("--time <ms>", "CPU time of each row in each round", "30")
    .option("--budget <s>", "a derivative that takes longer is predicted instead", "1")
    .option("--memory", "count what a derivative allocates, too")
    .option("--overhead", "measure the overhead per operator call instead")
    .option(
      "--baseline <file>",
      "exit status 1 if a ratio to the time by hand got worse than in this benchmark.json",
    )
    .option("--tolerance <share>", "by how much a ratio may grow", "0.5")
    .option("--report <folder>", "write report.html, report.md and benchmark.json there")
    .addOption(jsonOption())
    .action((options: BenchOptions) => bench(options, output).then(finish));
};
