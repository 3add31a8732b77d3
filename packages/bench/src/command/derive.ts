import { derive as deriveExpression } from "@fluxion/symbolic";
import type { DeriveOptions as Choice, Layout, StepStyle } from "@fluxion/symbolic";
import { Option } from "commander";
import { parseAssumptions, parseInteger, parseShapes } from "./arguments.ts";
import { exit } from "./exit.ts";
import { jsonOption, repeated, shapeOption } from "./options.ts";
import type { Subcommand } from "./options.ts";
import { print } from "./output.ts";
import type { Output } from "./output.ts";

/** Options of `fluxion derive` as they were typed. */
export interface DeriveOptions {
  readonly wrt: string;
  readonly shape: readonly string[];
  readonly assume: readonly string[];
  readonly order?: string;
  readonly layout?: Layout;
  readonly style?: StepStyle;
  readonly latex?: true;
  readonly steps?: true;
  readonly typescript?: true;
  readonly json?: true;
}

/** An expression's derivative in closed form: as text, as LaTeX, as TypeScript, with the derivation. */
export function derive(expression: string, options: DeriveOptions, output: Output): number {
  const answer = deriveExpression(expression, choice(options));
  if (options.json) {
    const { shape, notation, conditions, operationCount, steps } = answer;
    const facts = {
      answer: answer.toString(),
      latex: answer.toLatex(),
      shape,
      notation,
      conditions,
      operationCount,
    };
    print(output, JSON.stringify({ expression, wrt: options.wrt, ...facts, steps }, null, 2));
    return exit.ok;
  }
  if (options.typescript) {
    print(output, answer.toTypeScript("derivative").trimEnd());
    return exit.ok;
  }
  const steps = options.steps ? answer.steps : [];
  steps.forEach(({ rule, before, after, latex }, index) =>
    print(output, `${index + 1}. ${rule}\n   ${options.latex ? latex : `${before}  →  ${after}`}`),
  );
  print(output, options.latex ? answer.toLatex() : answer.toString());
  for (const condition of answer.conditions) print(output, `where ${condition}`);
  return exit.ok;
}

function choice({ wrt, shape, assume, order, layout, style }: DeriveOptions): Choice {
  const names = wrt.split(",").map((name) => name.trim());
  return {
    wrt: names.length === 1 ? names[0]! : names,
    shapes: parseShapes(shape),
    assume: parseAssumptions(assume),
    ...(order === undefined ? {} : { order: parseInteger("--order", order, 1) }),
    ...(layout === undefined ? {} : { layout }),
    ...(style === undefined ? {} : { style }),
  };
}

/** `fluxion derive` */
export const deriveCommand: Subcommand = (program, output, finish) => {
  program
    .command("derive")
    .description("differentiate an expression in closed form")
    .argument("<expression>", "in the notation: norm2(X*w - y)^2")
    .requiredOption(
      "-w, --wrt <names>",
      "the variable to differentiate by, or several: by one after the other",
    )
    .addOption(shapeOption())
    .addOption(repeated("--assume <name=property>", "symmetric, spd, diagonal, orthogonal or positive"))
    .option("--order <n>", "order of the derivative")
    .addOption(
      new Option("--layout <layout>", "how it is written").choices(["natural", "numerator", "denominator"]),
    )
    .option("--latex", "write LaTeX")
    .option("--steps", "write the derivation, step by step")
    .addOption(
      new Option("--style <style>", "how steps are written").choices(["components", "differentials"]),
    )
    .option("--typescript", "write a TypeScript module")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      '\nExample: fluxion derive "norm2(X*w - y)^2" --wrt w --shape X=m,n --shape w=n --shape y=m',
    )
    .action((expression: string, options: DeriveOptions) => finish(derive(expression, options, output)));
};
