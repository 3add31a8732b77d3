import type { CrossCheckReport } from "../agreement/index.ts";
import { allStrategies } from "../agreement/strategies.ts";
import { fitWith } from "../fit/index.ts";
import type { FitResult } from "../fit/index.ts";
import type { BenchmarkResult } from "../measure/index.ts";
import { comparisonText, derivationText, fitText, formatDuration } from "../report/index.ts";
import type { Derivation } from "../report/index.ts";
import { hasWrongCell, runComparison, saveReport } from "./bench.ts";
import { checkText, runCheck, summarizeCheck } from "./check.ts";
import { notesDerivations } from "./derivations.ts";
import { exit } from "./exit.ts";
import type { Subcommand } from "./options.ts";
import { print } from "./output.ts";
import type { Output } from "./output.ts";

/** Options of `fluxion demo` as they were typed. */
export interface DemoOptions {
  readonly runs: string;
  readonly seed: string;
  readonly report: string;
}

/** What two correct strategies may differ by on the notes' examples, relative. */
const tolerance = 1e-12;

/** The main job on a small scale, in less than a minute: derive, cross-check, compare, fit, report. */
export async function demo(options: DemoOptions, output: Output): Promise<number> {
  const began = performance.now();
  const heading = (text: string): void => print(output, `\n━━ ${text}\n`);

  heading("The notes' examples in closed form, and every strategy at a random point");
  const derivations = notesDerivations(allStrategies);
  for (const derivation of derivations) print(output, `${derivationText(derivation)}\n`);

  heading(`All strategies on ${options.runs} random programs`);
  const checking = performance.now();
  const crossChecked = runCheck({ runs: options.runs, seed: options.seed }, output);
  const seconds = (performance.now() - checking) / 1000;
  print(output, checkText(crossChecked));

  heading("Time of the derivative over the time of the derivative by hand");
  const benchmark = runComparison({ budget: "0.05" }, { rounds: 3, millisecondsPerRound: 5 }, output);
  print(output, comparisonText(benchmark));

  heading("Regressions on Fisher's irises with every strategy's derivatives");
  const fits = fitWith(allStrategies);
  for (const fit of fits) print(output, `${fitText(fit)}\n`);

  const crossCheck = { programs: crossChecked.programs, seconds, ...summarizeCheck(crossChecked) };
  const report = { benchmark, derivations, crossCheck, fits };
  const { html } = await saveReport(report, options.report);
  const failures = whatFailed(derivations, crossChecked, benchmark, fits);
  heading(failures.length === 0 ? "All strategies agree" : `Not as it should be: ${failures.join(", ")}`);
  print(output, `Report: ${html}\nTime:   ${formatDuration(performance.now() - began)}`);
  return failures.length === 0 ? exit.ok : exit.failed;
}

function whatFailed(
  derivations: readonly Derivation[],
  crossChecked: CrossCheckReport,
  benchmark: BenchmarkResult,
  fits: readonly FitResult[],
): string[] {
  const apart = derivations.some(({ checks }) => checks.some(({ error }) => !(error <= tolerance)));
  const missed = fits.some(({ fits: lines, tolerance: allowed }) =>
    lines.some(({ error }) => !(error <= allowed)),
  );
  return [
    ...(apart ? ["a strategy differs from a closed form"] : []),
    ...(crossChecked.passed ? [] : ["the cross-check"]),
    ...(hasWrongCell(benchmark) ? ["a workload"] : []),
    ...(missed ? ["a regression"] : []),
  ];
}

/** `fluxion demo` */
export const demoCommand: Subcommand = (program, output, finish) => {
  program
    .command("demo")
    .description(
      "all of it on a small scale: the notes' examples, the cross-check, the comparison, the report",
    )
    .option("--runs <n>", "number of random programs", "200")
    .option("--seed <n>", "where the random programs begin", "1")
    .option("--report <folder>", "where the report goes", "fluxion-report")
    .action((options: DemoOptions) => demo(options, output).then(finish));
};
