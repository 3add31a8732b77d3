import { derive as deriveExpression } from "@fluxion/symbolic";
import type { DeriveOptions as Choice, Expression, Layout, StepStyle } from "@fluxion/symbolic";
import { Option } from "commander";
import { describeDerivation, describeViews } from "../derivation/index.ts";
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
  readonly structured?: true;
  readonly views?: true;
  readonly latex?: true;
  readonly steps?: true;
  readonly typescript?: true;
  readonly html?: string;
  readonly json?: true;
}

/** An expression's derivative in closed form: as text, as LaTeX, as TypeScript, as a page, with the derivation. */
export async function derive(expression: string, options: DeriveOptions, output: Output): Promise<number> {
  const chosen = choice(options);
  printAnswer(expression, deriveExpression(expression, chosen), options, output);
  if (options.html !== undefined) {
    // What sets formulas is loaded only now, so that other commands start quickly.
    const { writeDerivation } = await import("../derivation/write.ts");
    const page = writeDerivation(describeDerivation(expression, chosen), options.html);
    output.error.write(`Page: ${page}\n`);
  }
  return exit.ok;
}

function printAnswer(expression: string, answer: Expression, options: DeriveOptions, output: Output): void {
  if (options.json) {
    const { text, ...facts } = answer.toJSON();
    const views = options.views ? { views: describeViews(answer) } : {};
    print(
      output,
      JSON.stringify(
        { expression, wrt: options.wrt, answer: text, ...facts, ...views, steps: answer.steps },
        null,
        2,
      ),
    );
    return;
  }
  if (options.typescript) {
    print(output, answer.toTypeScript("derivative").trimEnd());
    return;
  }
  const steps = options.steps ? answer.steps : [];
  steps.forEach(({ rule, before, after, latex }, index) =>
    print(output, `${index + 1}. ${rule}\n   ${options.latex ? latex : `${before}  →  ${after}`}`),
  );
  print(output, options.latex ? answer.toLatex() : answer.toString());
  for (const condition of answer.conditions) print(output, `where ${condition}`);
  for (const [name, view] of options.views ? Object.entries(describeViews(answer)) : []) {
    const shown = "missing" in view ? `none: ${view.missing}` : options.latex ? view.latex : view.text;
    print(output, `${name}: ${shown}`);
  }
}

function choice({ wrt, shape, assume, order, layout, style, structured }: DeriveOptions): Choice {
  const names = wrt.split(",").map((name) => name.trim());
  return {
    wrt: names.length === 1 ? names[0]! : names,
    shapes: parseShapes(shape),
    assume: parseAssumptions(assume),
    ...(order === undefined ? {} : { order: parseInteger("--order", order, 1) }),
    ...(layout === undefined ? {} : { layout }),
    ...(style === undefined ? {} : { style }),
    ...(structured === undefined ? {} : { structured }),
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
    .option("--structured", "differentiate within matrices assumed to be symmetric or diagonal")
    .option("--views", "also write it as a differential and in Kronecker products")
    .option("--latex", "write LaTeX")
    .option("--steps", "write the derivation, step by step")
    .addOption(
      new Option("--style <style>", "how steps are written").choices(["components", "differentials"]),
    )
    .option("--typescript", "write a TypeScript module")
    .option(
      "--html <file>",
      "also write a page: the answer in every layout and view, conditions, steps in both styles, source",
    )
    .addOption(jsonOption())
    .addHelpText(
      "after",
      '\nExample: fluxion derive "norm2(X*w - y)^2" --wrt w --shape X=m,n --shape w=n --shape y=m',
    )
    .action((expression: string, options: DeriveOptions) => derive(expression, options, output).then(finish));
};
