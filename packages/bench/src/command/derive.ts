import { derive as deriveExpression } from "@fluxion/symbolic";
import { parseAssignments, parseInteger, parseShapes } from "./arguments.ts";
import { exit } from "./exit.ts";
import { print } from "./output.ts";
import type { Output } from "./output.ts";

/** Options of `fluxion derive` as they were typed. */
export interface DeriveOptions {
  readonly wrt: string;
  readonly shape: readonly string[];
  readonly assume: readonly string[];
  readonly order: string;
  readonly layout?: "natural" | "numerator" | "denominator";
  readonly latex?: true;
  readonly steps?: true;
  readonly json?: true;
}

/** An expression's derivative in closed form: as text, as LaTeX, with the derivation. */
export function derive(expression: string, options: DeriveOptions, output: Output): number {
  const answer = deriveExpression(expression, {
    wrt: options.wrt,
    shapes: parseShapes(options.shape),
    assume: parseAssignments("--assume", options.assume),
    order: parseInteger("--order", options.order, 1),
    ...(options.layout === undefined ? {} : { layout: options.layout }),
  });
  const steps = options.steps || options.json ? answer.steps() : [];
  if (options.json) {
    const { shape, notation, conditions, operationCount } = answer;
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
  steps.forEach(({ rule, before, after, latex }, index) =>
    print(output, `${index + 1}. ${rule}\n   ${options.latex ? latex : `${before}  →  ${after}`}`),
  );
  print(output, options.latex ? answer.toLatex() : answer.toString());
  for (const condition of answer.conditions) print(output, `where ${condition}`);
  return exit.ok;
}
