import { tensorText } from "../programs/print.ts";
import type { Difference } from "./compare.ts";
import type { Found } from "./examine.ts";
import type { Location } from "./locate.ts";
import { efforts, type Outcome } from "./outcome.ts";
import type { Quantity } from "./report.ts";

const NAMES: Readonly<Record<Quantity, string>> = {
  value: "value",
  jvp: "directional derivative (jvp)",
  vjp: "pullback (vjp)",
  transpose: "dot-product test ⟨ȳ, J·ẋ⟩ = ⟨Jᵀȳ, ẋ⟩",
  derivative: "derivative",
  gradient: "gradient",
  jacobian: "Jacobian",
  hessian: "Hessian",
  hvp: "Hessian-vector product (hvp)",
};

/** A disagreement for a person: the program, who says what, where it comes from. */
export function disagreementMessage(
  found: Found,
  program: string,
  location: Location | null | undefined,
  hints: readonly string[],
): string {
  const { quantity, vote, outcomes } = found;
  return [
    `Strategies disagree on the ${NAMES[quantity]} of this function:`,
    "",
    indented(program),
    "",
    ...outcomes.map((outcome) => `  ${label(outcome, quantity, outcomes)} ${said(outcome)}`),
    "",
    verdictText(vote.dissenters, quantity, outcomes),
    ...whereText(
      vote.witness?.comparison?.worst ?? null,
      vote.witness?.dissenter.strategy,
      vote.witness?.other.strategy,
    ),
    ...locationText(location),
    ...hints,
  ].join("\n");
}

function label(outcome: Outcome, quantity: Quantity, outcomes: readonly Outcome[]): string {
  const width = Math.max(...outcomes.map(({ strategy }) => strategy.length));
  const product =
    quantity === "transpose" ? (outcomes.indexOf(outcome) < outcomes.length / 2 ? " J·ẋ " : " Jᵀȳ") : "";
  return `${outcome.strategy.padEnd(width)}${product}`;
}

function said(outcome: Outcome): string {
  switch (outcome.kind) {
    case "numbers": {
      const text = outcome.leaves.map(tensorText).join(", ");
      if (outcome.exact) return text;
      return `${text} ± ${Math.max(...outcome.bounds(efforts[0]).flatMap((leaf) => [...leaf]))}`;
    }
    case "failure":
      return `threw ${outcome.error instanceof Error ? `${outcome.error.name}: ${outcome.error.message}` : String(outcome.error)}`;
    case "abstention":
      return `abstained: ${outcome.reason}`;
  }
}

function verdictText(
  dissenters: readonly string[],
  quantity: Quantity,
  outcomes: readonly Outcome[],
): string {
  if (quantity === "transpose")
    return `${dissenters.join(" and ")} contradicts itself: its jvp is not the transpose of its vjp.`;
  const voters = outcomes.filter(({ kind }) => kind !== "abstention").length;
  return dissenters.length < voters
    ? `${dissenters.join(" and ")} stands against the other ${voters - dissenters.length}.`
    : `There is no majority among ${dissenters.join(", ")}.`;
}

function whereText(
  worst: Difference | null,
  dissenter: string | undefined,
  other: string | undefined,
): readonly string[] {
  if (!worst) return [];
  const { leaf, entry, numbers, allowed } = worst;
  return [
    `Result ${leaf}, entry ${entry}: ${dissenter} ${numbers[0]}, ${other} ${numbers[1]}, allowed difference ${allowed.toPrecision(2)}.`,
  ];
}

/** Where the walk ended: null where no operator is to blame, undefined where f couldn't be walked through. */
function locationText(location: Location | null | undefined): readonly string[] {
  if (location === undefined) return [];
  if (location === null)
    return ["No operator is to blame: look at how the strategy puts its results together."];
  const { operator, position, alone, within } = location;
  if (!alone)
    return [
      `They part at node ${position}, ${operator}; no operator shows it alone, so look at how results are passed on.`,
    ];
  return [
    within
      ? `The rule of ${operator}, which the derivative of node ${position}, ${within}, uses, shows it alone.`
      : `The rule of ${operator}, node ${position}, shows it alone.`,
  ];
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => (line ? `    ${line}` : line))
    .join("\n");
}
