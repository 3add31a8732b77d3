import { latexName } from "../display/latex-name.ts";
import type { Expression } from "../expression.ts";
import {
  indexLetters,
  latexStyle,
  printIndexed,
  textStyle,
  type IndexPrinter,
} from "../index-notation/print.ts";
import { reachable } from "../ir/node.ts";
import { freshName, partialLatex } from "./names.ts";
import type { Step } from "./step.ts";

/** One thing in both notations. */
interface Written {
  readonly text: string;
  readonly latex: string;
}

/** A value and its derivative with indices: z_i, ∂z_i/∂w_j and what it is. */
export interface Components {
  readonly value: Written;
  readonly entry: Written;
  readonly symbol: Written;
  /** ∂z/∂w without indices. */
  readonly whole: Written;
}

/** Writes `value`, called `name`, and its derivative by `wrt` in components. */
export function inComponents(
  value: Expression,
  derivative: Expression,
  name: string,
  wrt: string,
): Components {
  const { node, reader, scope } = value.parts;
  const isArray = (other: string): boolean =>
    (other === name ? node.dims : (scope.shapes.get(other) ?? [])).length > 0;
  const taken = new Set([...namesOf(value), ...namesOf(derivative), name, wrt]);
  const letters = indexLetters(derivative.shape.length, taken);
  const [own, other] = [letters.slice(0, node.dims.length), letters.slice(node.dims.length)];
  const inner = new Set([...taken, ...letters]);
  const [text, latex] = [textStyle, latexStyle(isArray)].map((style): IndexPrinter => ({
    style,
    reader,
    taken: inner,
  })) as [IndexPrinter, IndexPrinter];
  const both = (print: (printer: IndexPrinter) => string): Written => ({
    text: print(text),
    latex: print(latex),
  });
  return {
    value: both((printer) => printIndexed(printer, node, own)),
    entry: both((printer) =>
      printIndexed({ ...printer, closedScalars: true }, derivative.parts.node, letters),
    ),
    symbol: {
      text: `d${text.style.name(name, own)}/d${text.style.name(wrt, other)}`,
      latex: partialLatex(latex.style.name(name, own), latex.style.name(wrt, other)),
    },
    whole: {
      text: `d${name}/d${wrt}`,
      latex: partialLatex(latexName(name, isArray(name)), latexName(wrt, isArray(wrt))),
    },
  };
}

export const namesOf = (expression: Expression): ReadonlySet<string> =>
  new Set([
    ...reachable(expression.parts.node).flatMap((part) => ("name" in part ? [part.name] : [])),
    ...expression.parts.scope.shapes.keys(),
  ]);

/** The notes' first style: write z in components, differentiate one component, go back to arrays. */
export function componentSteps(value: Expression, derivative: Expression, wrt: string): readonly Step[] {
  const name = freshName("zfghq", new Set([...namesOf(value), wrt]));
  const written = inComponents(value, derivative, name, wrt);
  const left =
    value.shape.length === 0 ? name : written.symbol.latex.slice("\\frac{\\partial ".length).split("}{")[0]!;
  const steps: Step[] = [
    {
      rule: "components",
      before: value.toString(),
      after: written.value.text,
      latex: `${left} = ${written.value.latex}`,
    },
    {
      rule: "partial derivative of one component",
      before: written.symbol.text,
      after: written.entry.text,
      latex: `${written.symbol.latex} = ${written.entry.latex}`,
    },
  ];
  if (derivative.notation === "index" || derivative.shape.length === 0)
    return steps.slice(derivative.shape.length === 0 ? 1 : 0);
  return [
    ...steps,
    {
      rule: "back to arrays",
      before: written.entry.text,
      after: derivative.toString(),
      latex: `${written.whole.latex} = ${derivative.toLatex()}`,
    },
  ];
}
