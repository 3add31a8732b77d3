import { derive } from "@fluxion/symbolic";
import { matrixQuestions, scalarCases } from "./cases.ts";
import { askFluxion, countOperations, judge, variablesOf, type Judged } from "./judge.ts";

/** What a library answered. */
export interface LibraryResult {
  readonly id: string;
  readonly title: string;
  readonly scalars: readonly {
    readonly question: string;
    readonly answer?: string;
    readonly error?: string;
  }[];
  readonly arrays: readonly { readonly answer?: string; readonly error?: string }[];
}

/** What was measured of other libraries; Fluxion is measured when the page is written. */
export interface Results {
  readonly node: string;
  readonly libraries: readonly LibraryResult[];
}

/** One row of the table of scalars. */
export interface ScalarRow {
  readonly title: string;
  readonly right: number;
  readonly wrong: number;
  readonly none: number;
  /** Operations of its right answers, and of the expected forms of the same questions. */
  readonly operations: number;
  readonly expected: number;
  /** Right answers that are no longer than the expected form. */
  readonly short: number;
}

/** Fluxion's row, computed. */
export const fluxionRow = (): ScalarRow => scalarRow("Fluxion", scalarCases.map(askFluxion));

export function scalarRow(title: string, answers: readonly Judged[]): ScalarRow {
  const count = (verdict: Judged["verdict"]): number =>
    answers.filter((answer) => answer.verdict === verdict).length;
  const right = answers.flatMap(({ verdict, operations }, k) =>
    verdict === "right"
      ? [{ operations: operations!, expected: countOperations(scalarCases[k]!.expected) }]
      : [],
  );
  const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
  return {
    title,
    right: count("right"),
    wrong: count("wrong"),
    none: count("none"),
    operations: total(right.map(({ operations }) => operations)),
    expected: total(right.map(({ expected }) => expected)),
    short: right.filter(({ operations, expected }) => operations <= expected).length,
  };
}

/** A row of the page. */
export const rowText = ({ title, right, wrong, none, operations, expected, short }: ScalarRow): string =>
  `| ${title} | ${right} | ${wrong} | ${none} | ${operations} / ${expected} | ${(operations / expected).toFixed(2)} | ${short} |`;

const code = (text: string): string => `\`\` ${text.replaceAll("|", "\\|")} \`\``;

/** The page, with Fluxion's part computed now. */
export function renderPage({ node, libraries }: Results): string {
  for (const { title, scalars } of libraries) {
    const asked = scalarCases.map((each) => `${each.text} by ${variablesOf(each).join(", ")}`);
    if (scalars.length !== asked.length || scalars.some(({ question }, k) => question !== asked[k]))
      throw new Error(`${title} was asked other questions; measure again without --fluxion.`);
  }
  const judged = libraries.map(({ title, scalars }) => ({
    title,
    scalars: scalars.map(({ question, answer, error }, k) => ({
      question,
      ...(answer === undefined
        ? { verdict: "none" as const, answer: error ?? "" }
        : judge(scalarCases[k]!, answer)),
    })),
  }));
  const rows = [fluxionRow(), ...judged.map(({ title, scalars }) => scalarRow(title, scalars))];
  const wrong = judged.flatMap(({ title, scalars }) =>
    scalars.filter(({ verdict }) => verdict === "wrong").map(({ question, answer }) => `- ${title}, ${code(question)}: ${code(shortened(answer))}`),
  ); // prettier-ignore
  return `# Closed forms, compared

Written by \`node docs/symbolic-comparison/run.mjs\`, which installs the other libraries into a temporary folder (they are no
dependencies) and asks them the questions of \`symbolic\`'s own scalar suite and a dozen about matrices.
\`node docs/symbolic-comparison/run.mjs --fluxion\` recomputes Fluxion's part alone. Last run on Node ${node};
compute-engine 0.140 asks for Node 22.3 and works on 20 with a warning from npm. All figures are counts: they do not depend
on the machine.

## Scalars: ${scalarCases.length} derivatives of orders 1 to 5

An answer is _right_ when it has the value of the expected form at eight random points of the domain (relative difference
below 1e-7, for libraries that compute with decimals), _wrong_ when it has another value, and there is _none_ where the
library throws, leaves a derivative or a function that it does not know, or takes more than two minutes. Functions that a
library lacks and that have a formula (sigmoid, softplus, log1p …) are asked as that formula. Operations are operators, signs
and functions, of the right answers and of the forms that a careful person writes for the same questions.

| | right | wrong | none | operations / expected | ratio | no longer than expected |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.map(rowText).join("\n")}

${wrong.length === 0 ? "No library gave a wrong value." : `Wrong values:\n\n${wrong.join("\n")}`}

SymPy, measured by us on an earlier suite of 136 scalar derivatives with \`count_ops\`: expected forms 497 operations, \`diff\`
662 (ratio 1.33), \`simplify(diff)\` 533 (1.07), and 8 answers that \`simplify\` makes longer.

## Matrices

None of the JavaScript libraries differentiates by a vector or a matrix. What they answer to the same texts (\`x'\` as
\`transpose(x)\`, and compute-engine's own names for norms, traces and determinants) is an error, a derivative left as it is, or
an answer that would be right if the names stood for numbers:

${matrixTable(libraries)}

SymPy 1.14.0 and its master of August 2026 (1.15.0.dev), measured by us on 263 matrix derivatives, each in one reasonable
spelling, at one point with a limit of 8 seconds:

| | 1.14.0 | 1.15.0.dev |
| --- | ---: | ---: |
| right, in any orientation | 110 | 149 |
| **wrong, without an error** | **55** (43 are a literal 0) | **0** |
| exception | 33 | 20 |
| \`NotImplementedError\` | 6 | 42 |
| left unevaluated | 23 | 12 |
| in array form, which was not checked | 30 | 32 |
| array form left in a result of rank 2 or less | 1 | 3 |
| not expressible in our translation | 5 | 5 |
| second derivatives that are right | 8 of 33 | 10 of 33 |
`;
}

const shortened = (text: string): string => (text.length > 90 ? `${text.slice(0, 87)}…` : text);

const asked: readonly string[] = ["mathjs", "compute-engine", "nerdamer", "algebrite"];

function matrixTable(libraries: readonly LibraryResult[]): string {
  const shown = asked.flatMap((id) => libraries.filter((library) => library.id === id));
  const rows = matrixQuestions.map(({ text, wrt, shapes }, k) => {
    const own = derive(text, { wrt, shapes }).toString();
    const others = shown.map(({ arrays }) => cell(arrays[k]!));
    return `| ${code(text)} by ${wrt} | ${code(own)} | ${others.join(" | ")} |`;
  });
  const titles = shown.map(({ title }) => title.replace(/ [\d.]+.*/, ""));
  return `| | Fluxion | ${titles.join(" | ")} |\n| --- | --- |${titles.map(() => " --- |").join("")}\n${rows.join("\n")}`;
}

/** Inert: a derivative is left in it, or a function it does not know; else names were taken for numbers. */
function cell({ answer, error }: LibraryResult["arrays"][number]): string {
  if (answer === undefined) return `error: ${code(shortened(error ?? ""))}`;
  const kind = /\b(?:diff|d|D|Derivative|Apply)\(/.test(answer) ? "inert" : "as for numbers";
  return `${kind}: ${code(shortened(answer))}`;
}
