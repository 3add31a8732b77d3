import { crossCheck } from "../agreement/index.ts";
import type { CrossCheckReport } from "../agreement/index.ts";
import { formatDuration, formatNumber, table } from "../report/index.ts";
import { parseInteger } from "./arguments.ts";
import { exit } from "./exit.ts";
import { jsonOption, strategiesOption } from "./options.ts";
import type { Subcommand } from "./options.ts";
import { print, progressBar } from "./output.ts";
import type { Output } from "./output.ts";
import { selectStrategies } from "./strategies.ts";

/** Options of `fluxion check` as they were typed. */
export interface CheckOptions {
  readonly runs: string;
  readonly seed?: string;
  readonly path?: string;
  readonly strategies?: string;
  readonly nodes?: string;
  readonly json?: true;
}

/** All strategies on random programs. */
export function check(options: CheckOptions, output: Output): number {
  const began = performance.now();
  const report = runCheck(options, output);
  if (options.json) print(output, JSON.stringify(report, null, 2));
  else print(output, `${checkText(report)}\n${formatDuration(performance.now() - began)}`);
  return report.passed ? exit.ok : exit.failed;
}

/** Runs the cross-check with a bar that shows how far it is. */
export function runCheck(options: Omit<CheckOptions, "json">, output: Output): CrossCheckReport {
  const bar = progressBar(output);
  try {
    return crossCheck({
      strategies: selectStrategies(options.strategies),
      runs: parseInteger("--runs", options.runs, 1),
      ...(options.seed === undefined ? {} : { seed: parseInteger("--seed", options.seed, -(2 ** 31)) }),
      ...(options.path === undefined ? {} : { path: options.path }),
      ...(options.nodes === undefined ? {} : { maximumNodes: parseInteger("--nodes", options.nodes, 1) }),
      onProgress: ({ done, total }) => bar.update(done, total, `program ${done} of ${total}`),
    });
  } finally {
    bar.stop();
  }
}

/** The verdicts, and every disagreement in full. */
export function checkText(report: CrossCheckReport): string {
  const rows = Object.entries(report.verdicts).flatMap(([strategy, byQuantity]) =>
    Object.entries(byQuantity).map(([quantity, { agree, disagree, inconclusive, abstain }], index) => [
      index === 0 ? strategy : "",
      quantity,
      ...[agree, disagree, inconclusive, abstain].map(String),
    ]),
  );
  const covered = Object.values(report.coverage).filter((count) => count > 0).length;
  return [
    table(["", "quantity", "agree", "disagree", "inconclusive", "abstain"], rows, 2),
    `${report.programs} random programs, seed ${report.seed}: ${covered} of ${Object.keys(report.coverage).length} operators occurred, ` +
      `${formatNumber(100 * report.inconclusiveRate)} % inconclusive (at most ${formatNumber(100 * report.inconclusiveCap)} %), ` +
      `${report.disagreements.length} disagreements.`,
    ...report.disagreements.map(({ message }) => message),
  ].join("\n");
}

/** `fluxion check` */
export const checkCommand: Subcommand = (program, output, finish) => {
  program
    .command("check")
    .description("run all strategies on random programs; exit status 1 if two disagree")
    .option("--runs <n>", "number of programs", "1000")
    .option("--seed <n>", "where the random programs begin")
    .option("--path <path>", "with --seed: run one failing program again")
    .option("--nodes <n>", "operators in a program, at most")
    .addOption(strategiesOption())
    .addOption(jsonOption())
    .action((options: CheckOptions) => finish(check(options, output)));
};
