import type { Strategy } from "@fluxion/core";
import { greatest } from "./compare.ts";
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
}

/** A quantity on which strategies differ, and what each of them said. */
export interface Found {
  readonly quantity: Quantity;
  readonly vote: Vote;
  readonly outcomes: readonly Outcome[];
}

/** Compares strategies on a subject, quantity by quantity. */
export function examine(subject: Subject, strategies: readonly Strategy[], asked: readonly Quantity[] = quantities): Examination {
  const unit = Math.max(...subject.values.map((value) => greatest(value.data))) || 1;
  const known = new Map<ComputedQuantity, readonly Outcome[]>();
  const outcomesOf = (quantity: ComputedQuantity): readonly Outcome[] => {
    const found = known.get(quantity) ?? strategies.flatMap((strategy) => outcomeOf(strategy, quantity, subject) ?? []);
    known.set(quantity, found);
    return found;
  };
  const votes = new Map<Quantity, Vote>();
  for (const quantity of asked) {
    const outcomes = quantity === "transpose" ? [...outcomesOf("jvp"), ...outcomesOf("vjp")] : outcomesOf(quantity);
    if (outcomes.length === 0) continue;
    const result =
      quantity === "transpose"
        ? transposeVote(subject, outcomesOf("jvp"), outcomesOf("vjp"), unit)
        : vote(quantity === "value" ? [evaluation(subject), ...outcomes] : outcomes, unit);
    votes.set(quantity, result);
    if (result.dissenters.length > 0) return { votes, disagreement: { quantity, vote: result, outcomes } };
  }
  return { votes, disagreement: null };
}

/** f itself votes on its value. */
function evaluation({ values }: Subject): Numbers {
  const none = values.map((value) => new Float64Array(value.size));
  return { kind: "numbers", strategy: "f itself", exact: true, leaves: values, bounds: () => none };
}
