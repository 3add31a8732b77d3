import { FluxionError } from "../errors.ts";
import type { Numeric } from "../tensor/numeric.ts";
import { scalar, type Tensor } from "../tensor/tensor.ts";
import { type Context, oriented } from "./algebra.ts";
import type { NotationNode } from "./ast.ts";
import { orient, tensorAlgebra } from "./evaluate.ts";
import { interpret, leave } from "./interpret.ts";
import type { Placeholders } from "./lexer.ts";
import { parseNotation } from "./parser.ts";

interface Template {
  readonly source: string;
  readonly tree: NotationNode;
}

/** One entry for each place in the program where a template stands. */
const templates = new WeakMap<TemplateStringsArray, Template>();

/**
 * A formula in MATLAB-like notation, evaluated with core's operators, so that it differentiates like any other code.
 *
 * `*` is the matrix product, `'` transposes, `.*` `./` `.^` are elementwise, `^` is a power of a scalar or of a square
 * matrix. A vector is a column: `x'*w` is a scalar, `x*w'` a matrix, `w*w` an error. Only a scalar spreads over an array.
 * A row leaves the template with shape [n]. The text is parsed once for each place where it stands. Throws `PARSE`,
 * `SHAPE_MISMATCH`, `ARGUMENT`, `UNSUPPORTED`; messages point at the character.
 *
 * @example
 * import { math, tensor } from "@fluxion/core";
 * const X = tensor([[1, 2], [3, 4]]);
 * const w = tensor([1, 1]);
 * const y = tensor([3, 6]);
 * math`norm2(${X} * ${w} - ${y})^2`.item(); // => 1
 */
export function math(strings: TemplateStringsArray, ...values: readonly Numeric[]): Tensor {
  if (!Array.isArray(strings) || !Array.isArray(strings.raw)) {
    throw new FluxionError("ARGUMENT", "math is a template tag: write math`norm2(${x})^2`, with backquotes.");
  }
  const { source, tree } = templates.get(strings) ?? readTemplate(strings);
  const context: Context<Tensor> = {
    source,
    algebra: tensorAlgebra,
    name: (name) => (name === "pi" ? oriented("scalar", scalar(Math.PI)) : undefined),
    placeholder: (index) => orient(values[index]!),
  };
  return leave(context, interpret(context, tree));
}

function readTemplate(strings: TemplateStringsArray): Template {
  const placeholders: Map<number, { index: number; length: number }> = new Map();
  let source = strings.raw[0]!;
  strings.raw.slice(1).forEach((text, index) => {
    const mark = "${…}";
    placeholders.set(source.length, { index, length: mark.length });
    source += mark + text;
  });
  const template = { source, tree: parseNotation(source, placeholders satisfies Placeholders) };
  templates.set(strings, template);
  return template;
}
