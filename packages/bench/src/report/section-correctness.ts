import type { Builder, Child } from "./document.ts";
import { formatNumber } from "./format.ts";
import { formula } from "./formula.ts";
import type { CrossCheckSummary, Derivation } from "./report.ts";

/** Each expression with its derivative, the steps between them, and every strategy's numbers. */
export function derivationSection(build: Builder, derivations: readonly Derivation[]): Child[] {
  return [
    build.element("h2", {}, "Derived in closed form"),
    ...derivations.flatMap((each) => derivation(build, each)),
  ];
}

function derivation(
  build: Builder,
  { title, question, answer, questionLatex, answerLatex, steps, checks }: Derivation,
): Child[] {
  const { element, table } = build;
  const items = steps.map(({ rule, latex }) => element("li", {}, rule, formula(build, latex)));
  const numbers = checks.map(({ strategy, first, error }) =>
    [strategy, String(first), formatNumber(error)].map((content) => ({ content })),
  );
  return [
    element("h3", {}, title),
    formula(build, `${questionLatex} \\;=\\; ${answerLatex}`),
    element("p", { class: "note" }, element("code", {}, question), " → ", element("code", {}, answer)),
    element(
      "details",
      {},
      element("summary", {}, "Step by step"),
      element("ol", { class: "steps" }, ...items),
    ),
    table(["at a random point", "first entry", "difference from the formula"], numbers, 1),
  ];
}

/** What the cross-check on random programs found. */
export function crossCheckSection({ element }: Builder, found: CrossCheckSummary): Child[] {
  const { programs, agreements, inconclusive, disagreements, seconds } = found;
  const text =
    `All strategies on ${programs} random programs in ${formatNumber(seconds)} s: ` +
    `${agreements} comparisons agree, ${inconclusive} are inconclusive, ${disagreements} disagree.`;
  return [element("h2", {}, "Random programs"), element("p", {}, text)];
}
