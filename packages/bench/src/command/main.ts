import { FluxionError } from "@fluxion/core";
import { Command, CommanderError, Option } from "commander";
import { bench } from "./bench.ts";
import type { BenchOptions } from "./bench.ts";
import { check } from "./check.ts";
import type { CheckOptions } from "./check.ts";
import { demo } from "./demo.ts";
import type { DemoOptions } from "./demo.ts";
import { derive } from "./derive.ts";
import type { DeriveOptions } from "./derive.ts";
import { exit } from "./exit.ts";
import { graph } from "./graph.ts";
import type { GraphOptions } from "./graph.ts";
import type { Output } from "./output.ts";

/** Runs the `fluxion` command on its arguments (without `node` and the script) and gives its exit status. */
export async function main(
  args: readonly string[],
  output: Output = { out: process.stdout, error: process.stderr },
): Promise<number> {
  let status: number = exit.ok;
  const program = fluxion(output, (result) => (status = result));
  try {
    await program.parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.ok : exit.usage;
    if (!(error instanceof FluxionError)) throw error;
    output.error.write(`fluxion: ${error.message}\n`);
    return exit.usage;
  }
}

const collect = (text: string, earlier: readonly string[]): readonly string[] => [...earlier, text];

/** `--shape X=m,n`, as often as there are names. */
const shapeOption = () =>
  new Option("-s, --shape <name=sizes>", "shape of a variable; a scalar unless given")
    .argParser(collect)
    .default([], "none");

const jsonOption = () => new Option("--json", "write JSON to standard output");

const strategiesOption = () => new Option("--strategies <names>", "only these, separated by commas");

function fluxion(output: Output, finish: (status: number) => void): Command {
  const program = new Command("fluxion")
    .description("Differentiate in closed form, check strategies against each other, compare their speed.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.out.write(text),
      writeErr: (text) => output.error.write(text),
    })
    .showHelpAfterError("Run with --help to see what is possible.")
    .addHelpText(
      "after",
      "\nExit status: 0 all is well, 1 strategies disagree or a baseline is not met, 2 wrong usage.",
    );

  program
    .command("derive")
    .description("differentiate an expression in closed form")
    .argument("<expression>", "in the notation: norm2(X*w - y)^2")
    .requiredOption("-w, --wrt <name>", "the variable to differentiate by")
    .addOption(shapeOption())
    .addOption(
      new Option("--assume <name=property>", "symmetric, spd, diagonal, orthogonal or positive")
        .argParser(collect)
        .default([], "none"),
    )
    .option("--order <n>", "order of the derivative", "1")
    .addOption(
      new Option("--layout <layout>", "how derivatives by matrices and vectors are shown").choices([
        "natural",
        "numerator",
        "denominator",
      ]),
    )
    .option("--latex", "write LaTeX")
    .option("--steps", "write the derivation, step by step")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      '\nExample: fluxion derive "norm2(X*w - y)^2" --wrt w --shape X=m,n --shape w=n --shape y=m',
    )
    .action((expression: string, options: DeriveOptions) => finish(derive(expression, options, output)));

  program
    .command("graph")
    .description("draw the computation graph of an expression, as a Mermaid flowchart")
    .argument("<expression>", "in the notation: sum(sin(A*x))")
    .addOption(shapeOption())
    .addOption(
      new Option("-a, --at <name=value>", "value of a variable as JSON: every node then shows its value")
        .argParser(collect)
        .default([], "none"),
    )
    .option(
      "--derivatives [strategy]",
      "show the derivative of the result by every node, too (reverse-tape unless named)",
    )
    .addOption(jsonOption())
    .addHelpText("after", '\nExample: fluxion graph "(x*w - y)^2" --at x=2 --at w=3 --at y=1 --derivatives')
    .action((expression: string, options: GraphOptions) => finish(graph(expression, options, output)));

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

  program
    .command("bench")
    .description("compare the speed of strategies; every number is checked before it is timed")
    .addOption(strategiesOption())
    .option("--workloads <names>", "only these, separated by commas")
    .option("--large", "add the large sizes")
    .option("--rounds <n>", "interleaved rounds", "5")
    .option("--time <ms>", "CPU time of each row in each round", "30")
    .option("--budget <s>", "a derivative that takes longer is predicted instead", "1")
    .option("--overhead", "measure the overhead per operator call instead")
    .option(
      "--baseline <file>",
      "exit status 1 if a ratio to the time by hand got worse than in this benchmark.json",
    )
    .option("--tolerance <share>", "by how much a ratio may grow", "0.5")
    .option("--report <folder>", "write report.html, report.md and benchmark.json there")
    .addOption(jsonOption())
    .action((options: BenchOptions) => finish(bench(options, output)));

  program
    .command("demo")
    .description(
      "all of it on a small scale: the notes' examples, the cross-check, the comparison, the report",
    )
    .option("--runs <n>", "number of random programs", "200")
    .option("--report <folder>", "where the report goes", "fluxion-report")
    .action((options: DemoOptions) => finish(demo(options, output)));

  return program;
}
