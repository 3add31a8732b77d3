import type { Builder, Child } from "./document.ts";
import { checkTable, formatNumber } from "./format.ts";
import { formula } from "./formula.ts";
import type { CrossCheckSummary, Derivation } from "./report.ts";
import { stepList } from "./steps.ts";

/** Each expression with its derivative, the steps between them, and every strategy's numbers. */
export function derivationSection(build: Builder, derivations: readonly Derivation[]): Child[] {
  return [
    build.element("h2", {}, "Derived in closed form"),
    ...derivations.flatMap((each) => derivation(build, each)),
  ];
}

function derivation(
  build: Builder,
  { title, question, answer, checks, remark, ...parts }: Derivation,
): Child[] {
  const { element, table } = build;
  const { columns, rows } = checkTable(checks);
  const steps = stepList(build, parts.steps);
  return [
    element("h3", {}, title),
    formula(build, `${parts.questionLatex} \\;=\\; ${parts.answerLatex}`),
    element("p", { class: "note" }, element("code", {}, question), " → ", element("code", {}, answer)),
    element("details", { open: "" }, element("summary", {}, "Step by step"), steps),
    table(
      columns,
      rows.map((row) => row.map((content) => ({ content }))),
      1,
    ),
    ...(remark === undefined ? [] : [element("p", { class: "note" }, remark)]),
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
