import { evaluateNodes, type Strategy, type Tensor } from "@fluxion/core";
import { greatest, type Scale } from "./compare.ts";
import { type Numbers, type Outcome, outcomeOf } from "./outcome.ts";
import type { ComputedQuantity } from "./quantities.ts";
import { type Quantity, quantities } from "./report.ts";
import type { Subject } from "./subject.ts";
import { transposeVote } from "./transpose.ts";
import { type Vote, vote } from "./vote.ts";

/** The votes on all quantities that a subject has, up to the first disagreement. */
export interface Examination {
  readonly votes: ReadonlyMap<Quantity, Vote>;
  readonly disagreement: Found | null;
  /** Who abstained at least once, and why. */
  readonly abstentions: ReadonlyMap<string, string>;
}

/** A quantity on which strategies differ, and what each of them said. */
export interface Found {
  readonly quantity: Quantity;
  readonly vote: Vote;
  readonly outcomes: readonly Outcome[];
}

/** Compares strategies on a subject, quantity by quantity. */
export function examine(
  subject: Subject,
  strategies: readonly Strategy[],
  asked: readonly Quantity[] = quantities,
): Examination {
  const scale = scaleOf(subject);
  const known = new Map<ComputedQuantity, readonly Outcome[]>();
  const outcomesOf = (quantity: ComputedQuantity): readonly Outcome[] => {
    const found =
      known.get(quantity) ?? strategies.flatMap((strategy) => outcomeOf(strategy, quantity, subject) ?? []);
    known.set(quantity, found);
    return found;
  };
  const votes = new Map<Quantity, Vote>();
  const abstentions = new Map<string, string>();
  for (const quantity of asked) {
    const outcomes =
      quantity === "transpose" ? [...outcomesOf("jvp"), ...outcomesOf("vjp")] : outcomesOf(quantity);
    if (outcomes.length === 0) continue;
    for (const outcome of outcomes)
      if (outcome.kind === "abstention") abstentions.set(outcome.strategy, outcome.reason);
    const result =
      quantity === "transpose"
        ? transposeVote(subject, outcomesOf("jvp"), outcomesOf("vjp"), scale)
        : vote(quantity === "value" ? [evaluation(subject), ...outcomes] : outcomes, scale);
    votes.set(quantity, result);
    if (result.dissenters.length > 0)
      return { votes, abstentions, disagreement: { quantity, vote: result, outcomes } };
  }
  return { votes, abstentions, disagreement: null };
}

/** The sizes of a subject's values. */
export function scaleOf({ values, inputs, graph }: Subject): Scale {
  const intermediates = graph ? evaluateNodes(graph, inputs) : [...inputs, ...values];
  const largest = (tensors: readonly Tensor[]): number =>
    Math.max(0, ...tensors.map(({ data }) => greatest(data)));
  return { result: largest(values) || 1, intermediate: largest(intermediates) };
}

/** f itself votes on its value. */
function evaluation({ values }: Subject): Numbers {
  const none = values.map((value) => new Float64Array(value.size));
  return { kind: "numbers", strategy: "f itself", exact: true, leaves: values, bounds: () => none };
}
