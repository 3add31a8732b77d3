import { evaluateNotation, FluxionError, parseNotation, toMermaid, trace, zeros } from "@fluxion/core";
import type { Tensor } from "@fluxion/core";
import { namesIn } from "../derivation/index.ts";
import { parseShapes, parseValues } from "./arguments.ts";
import { exit } from "./exit.ts";
import { jsonOption, repeated, shapeOption } from "./options.ts";
import type { Subcommand } from "./options.ts";
import { print } from "./output.ts";
import type { Output } from "./output.ts";
import { selectStrategies } from "./strategies.ts";

/** Options of `fluxion graph` as they were typed. */
export interface GraphOptions {
  readonly shape: readonly string[];
  readonly at: readonly string[];
  readonly derivatives?: string | true;
  readonly json?: true;
}

/** The computation graph of an expression in the notation, as Mermaid or JSON. */
export function graph(expression: string, options: GraphOptions, output: Output): number {
  const tree = parseNotation(expression);
  const names = namesIn(tree).filter((name) => name !== "pi");
  const values = parseValues(options.at);
  const examples = examplesFor(names, values, parseShapes(options.shape));
  const f = (...tensors: Tensor[]): Tensor =>
    evaluateNotation(expression, tree, new Map(names.map((name, index) => [name, tensors[index]!])));
  const traced = trace(f)(...examples);
  if (options.json) {
    print(output, JSON.stringify(traced, null, 2));
    return exit.ok;
  }
  const missing = names.filter((name) => !(name in values));
  if (options.derivatives !== undefined && missing.length > 0) {
    throw new FluxionError(
      "ARGUMENT",
      `--derivatives needs a value for every variable; give --at ${missing[0]}=….`,
    );
  }
  const atValues = names.length > 0 && missing.length === 0 ? { at: examples } : {};
  print(output, toMermaid(traced, { names, ...atValues, ...derivatives(options.derivatives) }).trimEnd());
  return exit.ok;
}

function derivatives(
  strategy: string | true | undefined,
): Pick<Parameters<typeof toMermaid>[1] & object, "strategy"> {
  if (strategy === undefined) return {};
  return { strategy: selectStrategies(strategy === true ? "reverse-tape" : strategy)[0]! };
}

/** A value where one was given, else zeros of the shape that was given, else a scalar. */
function examplesFor(
  names: readonly string[],
  values: Readonly<Record<string, Tensor>>,
  shapes: ReturnType<typeof parseShapes>,
): Tensor[] {
  for (const name of [...Object.keys(values), ...Object.keys(shapes)]) {
    if (names.includes(name)) continue;
    throw new FluxionError(
      "ARGUMENT",
      `"${name}" does not occur in the expression; its variables are ${names.join(", ")}.`,
    );
  }
  return names.map((name) => values[name] ?? zeros(numericShape(name, shapes[name] ?? [])));
}

function numericShape(name: string, shape: readonly (string | number)[]): number[] {
  return shape.map((size) => {
    if (typeof size === "number") return size;
    throw new FluxionError(
      "ARGUMENT",
      `--shape ${name}=${shape.join()}: a graph needs numbers. Write --shape ${name}=3,2.`,
    );
  });
}

/** `fluxion graph` */
export const graphCommand: Subcommand = (program, output, finish) => {
  program
    .command("graph")
    .description("draw the computation graph of an expression, as a Mermaid flowchart")
    .argument("<expression>", "in the notation: sum(sin(A*x))")
    .addOption(shapeOption())
    .addOption(
      repeated("-a, --at <name=value>", "value of a variable as JSON: every node then shows its value"),
    )
    .option(
      "--derivatives [strategy]",
      "show the derivative of the result by every node, too (reverse-tape unless named)",
    )
    .addOption(jsonOption())
    .addHelpText("after", '\nExample: fluxion graph "(x*w - y)^2" --at x=2 --at w=3 --at y=1 --derivatives')
    .action((expression: string, options: GraphOptions) => finish(graph(expression, options, output)));
};
