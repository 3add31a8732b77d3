import { crossCheck } from "../agreement/index.ts";
import type { CrossCheckReport, VerdictCounts } from "../agreement/index.ts";
import { formatDuration, formatNumber, table } from "../report/index.ts";
import type { CrossCheckSummary } from "../report/index.ts";
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
  else
    print(
      output,
      `${verdictText(report)}\n${checkText(report)}\n${formatDuration(performance.now() - began)}`,
    );
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

/** The verdicts of every strategy on every quantity. */
function verdictText({ verdicts }: CrossCheckReport): string {
  const rows = Object.entries(verdicts).flatMap(([strategy, byQuantity]) =>
    Object.entries(byQuantity).map(([quantity, { agree, disagree, inconclusive, abstain }], index) => [
      index === 0 ? strategy : "",
      quantity,
      ...[agree, disagree, inconclusive, abstain].map(String),
    ]),
  );
  return table(["", "quantity", "agree", "disagree", "inconclusive", "abstain"], rows, 2);
}

/** What was checked, in a sentence, and every disagreement in full. */
export function checkText(report: CrossCheckReport): string {
  const counts = Object.values(report.coverage);
  const covered = counts.filter((count) => count > 0).length;
  const { agreements, disagreements, inconclusive, abstentions } = summarizeCheck(report);
  return [
    `${report.programs} random programs (seed ${report.seed}) in which ${covered} of ${counts.length} operators occurred:`,
    `${agreements} comparisons agree, ${disagreements} disagree, ${inconclusive} are inconclusive ` +
      `(${formatNumber(100 * report.inconclusiveRate)} % of the verdicts of the vaguest strategy, at most ${formatNumber(100 * report.inconclusiveCap)} %), ${abstentions} abstentions.`,
    ...report.disagreements.map(({ message }) => message),
  ].join("\n");
}

/** Verdicts of all strategies on all quantities, counted. */
export function summarizeCheck({
  verdicts,
}: CrossCheckReport): Omit<CrossCheckSummary, "programs" | "seconds"> {
  const counts = Object.values(verdicts).flatMap((byQuantity) => Object.values(byQuantity));
  const total = (word: keyof VerdictCounts): number => counts.reduce((sum, count) => sum + count[word], 0);
  return {
    agreements: total("agree"),
    disagreements: total("disagree"),
    inconclusive: total("inconclusive"),
    abstentions: total("abstain"),
  };
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
