import { builder } from "../report/document.ts";
import type { Builder, Child } from "../report/document.ts";
import { formula, formulaStyle } from "../report/formula.ts";
import { stepList } from "../report/steps.ts";
import { style } from "../report/style.ts";
import type { DerivedFormula, LayoutVariant, StepVariant, ViewVariant, Written } from "./describe.ts";
import { sourceBlock, sourceStyle } from "./source.ts";

const pageStyle = `
h1 { overflow-wrap: anywhere; }
h1 code { background: none; padding: 0; font-size: .86em; }
.answer { font-size: 1.2rem; margin: 1.25rem 0; }
.facts { display: flex; flex-wrap: wrap; gap: 0 2rem; }
.facts > *, .conditions > li { max-width: 100%; }
h3 + h3 { margin-top: -.25rem; }
pre.copy { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0 .75rem; }
`;

/** A derivation as one HTML page that needs nothing else: style, fonts and formulas are inside. */
export function derivationPage(derived: DerivedFormula): string {
  const { question, by, answer } = derived;
  const [names, order] = [[...new Set(by)].join(", "), by.length];
  const title = order > 1 && new Set(by).size === 1 ? `Derivative of order ${order} of ` : "Derivative of ";
  const build = builder(`${title}${question.text} by ${names}`);
  const { document, element } = build;
  const styles = [style, sourceStyle, pageStyle, formulaStyle()];
  document.head.append(...styles.map((text) => element("style", {}, text)));
  document.body.append(
    element("h1", {}, title, code(build, question.text), " by ", code(build, names)),
    element("div", { class: "facts" }, ...derived.variables.map((each) => variable(build, each))),
    element("div", { class: "answer" }, formula(build, `${question.latex} \\;=\\; ${answer.latex}`)),
    element("p", { class: "note" }, facts(derived)),
    ...conditions(build, derived.conditions),
    ...derived.steps.flatMap((variant) => steps(build, variant)),
    ...layouts(build, derived.layouts),
    ...views(build, derived.views),
    element("h2", {}, "To copy"),
    element("p", {}, "The answer as Fluxion reads it, in LaTeX, and as TypeScript:"),
    copy(build, answer.text),
    copy(build, answer.latex),
    sourceBlock(build, derived.source),
  );
  return document.toString();
}

const code = ({ element }: Builder, text: string): HTMLElement => element("code", {}, text);

const copy = (build: Builder, text: string): HTMLElement =>
  build.element("pre", { class: "copy" }, code(build, text));

function variable(build: Builder, { latex, assumptions }: DerivedFormula["variables"][number]): HTMLElement {
  const words = assumptions.map((assumption) => `\\text{ ${assumption}}`).join(",");
  return formula(build, words === "" ? latex : `${latex}\\text{,}${words}`);
}

function facts({ shape, notation, operationCount, layout }: DerivedFormula): string {
  const operations = operationCount === 1 ? "1 operation" : `${operationCount} operations`;
  if (shape.length === 0) return `The answer is a scalar, written with ${operations}.`;
  return `The answer has shape [${shape.join(", ")}], axes of the numerator first; written in ${notation} notation and ${layout} layout with ${operations}.`;
}

function conditions(build: Builder, list: readonly Written[]): Child[] {
  if (list.length === 0) return [];
  const items = list.map(({ text, latex }) =>
    build.element("li", {}, latex === undefined ? code(build, text) : formula(build, latex)),
  );
  return [
    build.element("h2", {}, "Where it holds"),
    build.element("p", {}, "Wherever the formula itself is defined, and"),
    build.element("ul", { class: "conditions" }, ...items),
  ];
}

const titles = { components: "by components", differentials: "by differentials" } as const;

function steps(build: Builder, { styles, steps: lines }: StepVariant): Child[] {
  if (lines.length === 0) return [];
  const title = styles.length > 1 ? "Step by step" : `Step by step, ${titles[styles[0]!]}`;
  return [build.element("h2", {}, title), stepList(build, lines)];
}

const layoutTitles = {
  natural: "Natural: axes of the numerator outside, axes of the denominator inside, as they are",
  numerator: "Numerator: as textbooks have it, where a scalar by an m×n matrix is n×m",
  denominator: "Denominator: axes of the denominator as rows, so that a gradient is a column",
} as const;

function layouts(build: Builder, variants: readonly LayoutVariant[]): Child[] {
  const { element } = build;
  const heading = element("h2", {}, "In every layout");
  if (variants.length === 1)
    return [heading, element("p", {}, "Natural, numerator and denominator layout all write it like this.")];
  return [
    heading,
    element("p", {}, "Layouts are ways of writing: the entries are the same numbers in all of them."),
    ...variants.flatMap(({ layouts: same, answer }) => [
      ...same.map((name) => element("h3", {}, layoutTitles[name])),
      formula(build, answer.latex),
      copy(build, answer.text),
    ]),
  ];
}

const viewTitles = {
  differential: "As a differential",
  kronecker: "As one matrix: ∂vec(Y)/∂vec(X)ᵀ, where vec stacks columns",
} as const;

function views(build: Builder, variants: readonly ViewVariant[]): Child[] {
  const { element } = build;
  if (variants.length === 0) return [];
  return [
    element("h2", {}, "In other forms"),
    ...variants.flatMap(({ name, text, latex }) => [
      element("h3", {}, viewTitles[name]),
      formula(build, latex),
      copy(build, text),
    ]),
  ];
}
