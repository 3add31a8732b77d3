import { differentiate, type Application } from "../differentiate.ts";
import { latexName } from "../display/latex-name.ts";
import type { Expression } from "../expression.ts";
import { printIndexed, type IndexPrinter } from "../index-notation/print.ts";
import { indexLetters } from "../index-notation/style.ts";
import { reachable, type TensorNode, type Variable } from "../ir/node.ts";
import { quietly } from "../ir/store.ts";
import { partialLatex } from "./names.ts";
import { dependsOn, isTelling, ruleInWords, rulesInWords } from "./rule-names.ts";
import type { Step } from "./step.ts";
import { entryLatex, stepLatexStyle, stepTextStyle } from "./style.ts";

/** One thing in both notations. */
export interface Written {
  readonly text: string;
  readonly latex: string;
}

/** A value and its derivative with indices: z_i, ∂z_i/∂w_j and what it is. */
export interface Components {
  readonly value: Written;
  readonly entry: Written;
  readonly symbol: Written;
  /** z_i */
  readonly left: string;
  /** w_j */
  readonly under: string;
  /** ∂z/∂w without indices. */
  readonly whole: Written;
  /** What the rules did on the way, beyond sorting terms: parts of the value, innermost first. */
  readonly inner: readonly Step[];
  readonly rules: string;
  /** How many rules were applied that do more than sort terms. */
  readonly telling: number;
}

/** Writes `value`, called `name`, and its derivative by `wrt` in components. */
export function inComponents(
  value: Expression,
  derivative: Expression,
  name: string,
  wrt: Variable,
): Components {
  const { node, reader, scope } = value.parts;
  const isArray = (other: string): boolean =>
    (other === name ? node.dims : (scope.shapes.get(other) ?? [])).length > 0;
  const taken = new Set([...namesOf(value), ...namesOf(derivative), name, wrt.name]);
  const letters = indexLetters(derivative.shape.length, taken);
  const [own, other] = [letters.slice(0, node.dims.length), letters.slice(node.dims.length)];
  const printers = (used: readonly string[]): readonly [text: IndexPrinter, latex: IndexPrinter] => {
    const all = new Set([...taken, ...used]);
    return [
      { style: stepTextStyle, reader, taken: all },
      { style: stepLatexStyle(isArray), reader, taken: all },
    ];
  };
  const print = (part: TensorNode, indices: readonly string[], closedScalars = false): Written => {
    const [text, latex] = printers([...letters, ...indices]);
    return {
      text: printIndexed({ ...text, closedScalars }, part, indices),
      latex: printIndexed({ ...latex, closedScalars }, part, indices),
    };
  };
  const { applications, telling } = tellingRules(value, wrt);
  const moves = dependsOn(wrt);
  return {
    value: print(node, own),
    entry: print(derivative.parts.node, letters, true),
    symbol: {
      text: `d${stepTextStyle.name(name, own)}/d${stepTextStyle.name(wrt.name, other)}`,
      latex: partialLatex(entryLatex(name, own), entryLatex(wrt.name, other)),
    },
    left: entryLatex(name, own),
    under: entryLatex(wrt.name, other),
    whole: {
      text: `d${name}/d${wrt.name}`,
      latex: partialLatex(latexName(name, isArray(name)), latexName(wrt.name, isArray(wrt.name))),
    },
    rules: telling.length <= 1 ? rulesInWords(applications, moves) : ruleInWords(applications.at(-1)!, moves),
    telling: telling.length,
    inner: telling
      .filter(({ before }) => before !== node)
      .map((application): Step => {
        const { before, after } = application;
        const all = indexLetters(before.dims.length + wrt.dims.length, taken);
        const mine = all.slice(0, before.dims.length);
        const [part, slope] = [print(before, mine), print(after, all)];
        const by = all.slice(before.dims.length);
        return {
          rule: ruleInWords(application, moves),
          before: `d(${part.text})/d${stepTextStyle.name(wrt.name, by)}`,
          after: slope.text,
          latex: `\\frac{\\partial}{\\partial ${entryLatex(wrt.name, by)}} \\left(${part.latex}\\right) = ${slope.latex}`,
        };
      }),
  };
}

/** All rules that the engine applied, and those that do more than sort terms. */
function tellingRules(
  { parts: { store, node } }: Expression,
  wrt: Variable,
): { readonly applications: readonly Application[]; readonly telling: readonly Application[] } {
  const applications: Application[] = [];
  quietly(store, () => differentiate(store, node, wrt, (application) => applications.push(application)));
  const moves = dependsOn(wrt);
  const telling = applications.filter(
    (application) => application.before !== wrt && isTelling(ruleInWords(application, moves)),
  );
  return { applications, telling };
}

export const namesOf = (expression: Expression): ReadonlySet<string> =>
  new Set([
    ...reachable(expression.parts.node).flatMap((part) => ("name" in part ? [part.name] : [])),
    ...expression.parts.scope.shapes.keys(),
    ...expression.parts.scope.dimensions,
  ]);

/** The notes' first style: write z in components, differentiate one component, go back to arrays. */
export function componentSteps(
  value: Expression,
  derivative: Expression,
  wrt: Variable,
  resultNames: string,
): readonly Step[] {
  const used = namesOf(value);
  const name =
    [...resultNames].find((letter) => !used.has(letter) && letter !== wrt.name) ?? `${resultNames[0]!}_0`;
  const {
    value: written,
    entry,
    symbol,
    left,
    whole,
    inner,
    rules,
  } = inComponents(value, derivative, name, wrt);
  const first: Step = {
    rule: "write it in components",
    before: value.toString(),
    after: written.text,
    latex: `${left} = ${written.latex}`,
  };
  const partial: Step = {
    rule: `one component of the derivative: ${rules}`,
    before: symbol.text,
    after: entry.text,
    latex: `${symbol.latex} = ${entry.latex}`,
  };
  const steps = [...(first.before === first.after ? [] : [first]), ...inner, partial];
  const answer = derivative.toString();
  if (derivative.notation === "index" && answer.endsWith(`] ${entry.text}`))
    return [...steps.slice(0, -1), { ...partial, after: answer }];
  return [
    ...steps,
    {
      rule: derivative.notation === "index" ? "the answer in index notation" : "back to arrays",
      before: entry.text,
      after: answer,
      latex: `${whole.latex} = ${derivative.toLatex()}`,
    },
  ];
}
