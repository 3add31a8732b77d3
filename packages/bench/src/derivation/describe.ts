import { derive, parse } from "@fluxion/symbolic";
import type { Assumptions, Declarations, DeriveOptions, Dimensions, Expression, Layout, Shapes, Step, StepStyle } from "@fluxion/symbolic"; // prettier-ignore
import { parseNotation } from "@fluxion/core";
import { namesIn } from "./names.ts";
import { questionLatex } from "./question.ts";
import { describeViews, type Views } from "./views.ts";

/** The same thing as text, and in LaTeX where it has a formula. */
export interface Written {
  readonly text: string;
  readonly latex?: string;
}

/** The answer as it is written in one layout, or in several that come to the same. */
export interface LayoutVariant {
  readonly layouts: readonly Layout[];
  readonly answer: Required<Written>;
}

/** The derivation in one of the styles. */
export interface StepVariant {
  readonly styles: readonly StepStyle[];
  readonly steps: readonly Step[];
}

/** The derivative written without a layout, in one of the ways that there are words for. */
export interface ViewVariant extends Required<Written> {
  readonly name: keyof Views;
}

/** A derivative with all that can be said about it. */
export interface DerivedFormula {
  readonly question: Required<Written>;
  readonly by: readonly string[];
  /** What the names stand for: `X \in \mathbb{R}^{m \times n}`, and what is assumed. */
  readonly variables: readonly { readonly latex: string; readonly assumptions: readonly string[] }[];
  readonly answer: Required<Written>;
  readonly shape: Dimensions;
  readonly notation: Expression["notation"];
  readonly operationCount: number;
  readonly conditions: readonly Written[];
  readonly layout: Layout;
  readonly layouts: readonly LayoutVariant[];
  readonly views: readonly ViewVariant[];
  readonly steps: readonly StepVariant[];
  readonly source: string;
}

const layouts: readonly Layout[] = ["natural", "numerator", "denominator"];
const styles: readonly StepStyle[] = ["components", "differentials"];

/** Differentiates a formula and gathers what a page shows: every layout and view, both styles of steps, the source. */
export function describeDerivation(question: string, options: DeriveOptions): DerivedFormula {
  const answer = derive(question, options);
  const names =
    typeof options.wrt === "string" ? Array<string>(options.order ?? 1).fill(options.wrt) : options.wrt;
  const declarations: Declarations = { shapes: options.shapes ?? {}, assume: options.assume ?? {} };
  return {
    question: { text: question, latex: questionLatex(question, names, declarations) },
    by: names,
    variables: describeVariables(question, names, declarations),
    answer: written(answer),
    shape: answer.shape,
    notation: answer.notation,
    operationCount: answer.operationCount,
    conditions: answer.conditions.map((text) => describeCondition(text, declarations)),
    layout: options.layout ?? "natural",
    layouts: merge(layouts, (layout) => written(derive(question, { ...options, layout }))).map(
      ([same, variant]) => ({ layouts: same, answer: variant }),
    ),
    views: views(answer, names, options),
    steps: merge(styles, (style) => derive(question, { ...options, style }).steps).map(([same, steps]) => ({
      styles: same,
      steps,
    })),
    source: answer.toTypeScript("derivative"),
  };
}

/** The views that exist, and that say what the answer does not. */
function views(answer: Expression, names: readonly string[], options: DeriveOptions): readonly ViewVariant[] {
  const last = names.at(-1);
  // What is no derivative by independent entries has no views.
  if (last === undefined || options.structured === true) return [];
  const rank = shapeOf(options.shapes ?? {}, last).length;
  const hasMatrix = rank > 1 || answer.shape.length - rank > 1;
  return Object.entries(describeViews(answer)).flatMap(([name, view]) =>
    // Without a matrix there is nothing to stack: the answer is ∂y/∂xᵀ already.
    "missing" in view || (name === "kronecker" && !hasMatrix) ? [] : [{ name: name as keyof Views, ...view }],
  );
}

const written = (expression: Expression): Required<Written> => ({
  text: expression.toString(),
  latex: expression.toLatex(),
});

/** Layouts and styles that come to the same become one. */
function merge<Name, Variant>(
  names: readonly Name[],
  make: (name: Name) => Variant,
): readonly (readonly [names: readonly Name[], variant: Variant])[] {
  const merged = new Map<string, readonly [names: readonly Name[], variant: Variant]>();
  for (const name of names) {
    const variant = make(name);
    const key = JSON.stringify(variant);
    merged.set(key, [[...(merged.get(key)?.[0] ?? []), name], variant]);
  }
  return [...merged.values()];
}

function describeVariables(
  question: string,
  by: readonly string[],
  { shapes = {}, assume = {} }: Declarations,
): DerivedFormula["variables"] {
  const lengths = new Set(Object.values(shapes).flat());
  const names = [...new Set([...namesIn(parseNotation(question)), ...by])];
  return names
    .filter((name) => name !== "pi" && (Object.hasOwn(shapes, name) || !lengths.has(name)))
    .map((name) => ({
      latex: `${parse(name, { shapes }).toLatex()} \\in \\mathbb{R}${exponent(shapeOf(shapes, name))}`,
      assumptions: assumptionsOf(assume, name),
    }));
}

const shapeOf = (shapes: Shapes, name: string): Dimensions =>
  Object.hasOwn(shapes, name) ? shapes[name]! : [];

const assumptionsOf = (assume: Assumptions, name: string): readonly string[] =>
  (Object.hasOwn(assume, name) ? [assume[name]!].flat() : []).map((assumption) =>
    assumption === "spd" ? "symmetric positive definite" : assumption,
  );

/** Names of axes are set like scalars. */
const exponent = (shape: Dimensions): string =>
  shape.length === 0
    ? ""
    : `^{${shape.map((length) => (typeof length === "number" ? `${length}` : parse(length).toLatex())).join(" \\times ")}}`;

const relations: Readonly<Record<string, string>> = {
  "~=": "\\ne",
  ">": ">",
  ">=": "\\ge",
  "<": "<",
  "<=": "\\le",
};

/** A condition as a formula, where both of its sides are formulas. */
function describeCondition(text: string, declarations: Declarations): Written {
  const [left, relation, right, ...rest] = text.split(/ (~=|>=|<=|>|<) /);
  if (right === undefined || rest.length > 0) return { text };
  try {
    const [over, under] = [left!, right].map((side) => parse(side, declarations).toLatex());
    return { text, latex: `${over} ${relations[relation!]} ${under}` };
  } catch {
    // A condition in words, or with indices, stays as it is.
    return { text };
  }
}
