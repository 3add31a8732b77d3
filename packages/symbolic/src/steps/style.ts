import { latexName } from "../display/latex-name.ts";
import { toLatex, type IsArray } from "../display/latex.ts";
import { binary, call } from "../display/tree.ts";
import { latexStyle, textStyle, type Style } from "../index-notation/style.ts";
import type { TensorNode } from "../ir/node.ts";

/** Index notation in steps: scalars that stand in matrix notation are grouped, and roots are written as roots. */
export const stepTextStyle: Style = {
  ...textStyle,
  group: (body) => grouped(body, "(", ")"),
  power: (base, exponent) =>
    exponent === "1/2" ? `sqrt${grouped(base, "(", ")")}` : textStyle.power(base, exponent),
  whole: (reader, node) => closed(node, textStyle.whole(reader, node), (body) => `(${body})`),
};

/** The same in LaTeX, with functions as they are set elsewhere. */
export function stepLatexStyle(isArray: IsArray): Style {
  const style = latexStyle(isArray);
  return {
    ...style,
    name: entryLatex,
    call: callLatex,
    group: (body) => grouped(body, "\\left(", "\\right)"),
    power: (base, exponent) =>
      exponent === "1/2" ? `\\sqrt{${bare(base, "\\left(", "\\right)")}}` : style.power(base, exponent),
    whole: (reader, node) => closed(node, style.whole(reader, node), (body) => `\\left(${body}\\right)`),
  };
}

/** x_{i}, and x_{\mathrm{max},i} where the name has a subscript of its own. */
export function entryLatex(name: string, indices: readonly string[]): string {
  const own = latexName(name, false);
  if (indices.length === 0) return own;
  const under = indices.join(" ");
  return own.includes("_{") && own.endsWith("}")
    ? own.replace(/_\{(.*)\}$/s, (_, inner: string) => `_{${inner},\\,${under}}`)
    : `${own}_{${under}}`;
}

/** A scalar product among other factors stands in parentheses: 2*(x'*A*x)*x[i]. */
const closed = (
  node: TensorNode,
  body: string | undefined,
  group: (body: string) => string,
): string | undefined =>
  body === undefined || node.kind !== "product" || node.dims.length > 0 ? body : group(body);

/** f(operands) as the formulas have it, √ and |·| among them. */
function callLatex(name: string, operands: readonly string[]): string {
  const places = operands.map((_, index) => ({ kind: "placeholder", index, span: NOWHERE }) as const);
  const tree = name === "pow" ? binary("^", places[0]!, places[1]!) : call(name, ...places);
  return toLatex(tree, () => false).replace(/\\square_\{(\d+)\}/g, (_, index: string) => {
    const operand = operands[Number(index)]!;
    return name === "pow" && index === "0" ? grouped(operand, "\\left(", "\\right)") : operand;
  });
}

const NOWHERE = { start: 0, end: 0 };

/** In parentheses, once. */
const grouped = (body: string, open: string, close: string): string =>
  isGrouped(body, open, close) ? body : `${open}${body}${close}`;

const bare = (body: string, open: string, close: string): string =>
  isGrouped(body, open, close) ? body.slice(open.length, -close.length) : body;

/** Whether the first parenthesis is closed by the last. */
function isGrouped(body: string, open: string, close: string): boolean {
  if (!body.startsWith(open) || !body.endsWith(close)) return false;
  let depth = 0;
  for (let at = 0; at < body.length; at++) {
    if (body.startsWith(open, at)) depth++;
    else if (body.startsWith(close, at) && --depth === 0) return at + close.length === body.length;
  }
  return false;
}
