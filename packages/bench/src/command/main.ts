import { FluxionError } from "@fluxion/core";
import { Command, CommanderError } from "commander";
import { benchCommand } from "./bench.ts";
import { checkCommand } from "./check.ts";
import { demoCommand } from "./demo.ts";
import { deriveCommand } from "./derive.ts";
import { exit } from "./exit.ts";
import { graphCommand } from "./graph.ts";
import type { Output } from "./output.ts";

const subcommands = [deriveCommand, graphCommand, checkCommand, benchCommand, demoCommand];

/** Runs the `fluxion` command on its arguments (without `node` and the script) and gives its exit status. */
export async function main(
  args: readonly string[],
  output: Output = { out: process.stdout, error: process.stderr },
): Promise<number> {
  let status: number = exit.ok;
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
  for (const add of subcommands) add(program, output, (result) => (status = result));
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
