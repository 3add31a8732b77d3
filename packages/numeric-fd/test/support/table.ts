import { median, outcomeOf } from "./outcome.ts";
import { published } from "./published-cases.ts";

/** Our row of the table in docs/numeric-differentiation.md, measured on its cases; before it, if wanted, every case. */
export function tableLines(withCases: boolean): string[] {
  return [...(withCases ? everyCase() : []), ourRow()];
}

function ourRow(): string {
  const outcomes = published.map((each) => outcomeOf(each, 1));
  const below = (limit: number): number => outcomes.filter(({ relative }) => relative < limit).length;
  const claims = outcomes.filter(({ claimed, error }) => claimed < Infinity && Number.isFinite(error));
  const honest = claims.filter(({ error, claimed }) => error <= claimed).length;
  const evaluations = outcomes.map((each) => each.evaluations);
  const cells = [
    "**Fluxion `differentiate`**",
    median(outcomes.map(({ relative }) => relative)).toExponential(1),
    ...[1e-12, 1e-10, 1e-6].map((limit) => String(below(limit))),
    String(outcomes.length - below(1e-3)),
    `${honest} of ${claims.length}`,
    `${median(evaluations)} / ${Math.max(...evaluations)}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Case by case: the relative error, what was claimed relative to the derivative, and the calls of f. */
function everyCase(): string[] {
  return published.map((each) => {
    const { error, relative, claimed, evaluations } = outcomeOf(each, 1);
    const size = relative === 0 || relative === error ? 1 : error / relative;
    const cells = [each.name, relative.toExponential(0), (claimed / size).toExponential(0), evaluations];
    return cells.join("\t");
  });
}
