import { Option } from "commander";
import type { Command } from "commander";
import type { Output } from "./output.ts";

/** Adds a subcommand to the program; `finish` takes the exit status. */
export type Subcommand = (program: Command, output: Output, finish: (status: number) => void) => void;

const collect = (text: string, earlier: readonly string[]): readonly string[] => [...earlier, text];

/** An option that may be given several times. */
export function repeated(flags: string, description: string): Option {
  return new Option(flags, description).argParser(collect).default([], "none");
}

/** `--shape X=m,n`, as often as there are names. */
export function shapeOption(): Option {
  return repeated("-s, --shape <name=sizes>", "shape of a variable; a scalar unless given");
}

export function jsonOption(): Option {
  return new Option("--json", "write JSON to standard output");
}

export function strategiesOption(): Option {
  return new Option("--strategies <names>", "only these, separated by commas");
}
