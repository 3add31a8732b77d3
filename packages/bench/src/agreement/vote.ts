import { AGREE, type Comparison, compare, type Scale, type Verdict } from "./compare.ts";
import type { Failure, Numbers, Outcome } from "./outcome.ts";

/** The result of comparing all outcomes of one quantity. */
export interface Vote {
  readonly verdicts: ReadonlyMap<string, Verdict | "abstain">;
  /** Those outside the largest group that agrees; everybody where two groups are as large. Empty: no disagreement. */
  readonly dissenters: readonly string[];
  /** Two outcomes that differ, the second one of the majority where there is one. */
  readonly witness: Witness | null;
}

export interface Witness {
  readonly dissenter: Numbers | Failure;
  readonly other: Numbers | Failure;
  readonly comparison: Comparison | null;
}

/** Who agrees with whom. Failures agree with nobody; abstentions don't vote. */
export function vote(outcomes: readonly Outcome[], scale: Scale): Vote {
  const verdicts = new Map<string, Verdict | "abstain">();
  for (const outcome of outcomes)
    verdicts.set(outcome.strategy, outcome.kind === "abstention" ? "abstain" : "agree");
  const voters = outcomes.filter((outcome) => outcome.kind !== "abstention");
  if (voters.length < 2 && voters[0]?.kind !== "failure") {
    // Alone, nobody is confirmed and nobody is contradicted.
    for (const { strategy } of voters) verdicts.set(strategy, "abstain");
    return { verdicts, dissenters: [], witness: null };
  }
  const comparisons = new Comparisons(voters, scale);
  const [first] = voters;
  if (voters.every((voter) => comparisons.of(first!, voter)?.verdict === "agree"))
    return { verdicts, dissenters: [], witness: null };
  return poll(voters, comparisons, verdicts);
}

function poll(
  voters: readonly (Numbers | Failure)[],
  comparisons: Comparisons,
  verdicts: Map<string, Verdict | "abstain">,
): Vote {
  // A voter that can't be compared with an exact one has no vote; that an estimate is vague says nothing of the exact one.
  const undecided = voters.filter((voter) =>
    voters.some((other) => isExact(other) && comparisons.of(voter, other)?.verdict === "inconclusive"),
  );
  const decided = voters.filter(
    (voter) => !undecided.includes(voter) || isContradicted(voter, voters, comparisons),
  );
  for (const { strategy } of undecided) verdicts.set(strategy, "inconclusive");
  const groups = agreeingGroups(decided, comparisons);
  const largest = Math.max(0, ...groups.map((group) => group.length));
  const majorities = groups.filter((group) => group.length === largest);
  const majority = majorities.length === 1 && largest > 1 ? majorities[0]! : [];
  const dissenters = decided.filter(
    (voter) => !majority.includes(voter) && isContradicted(voter, decided, comparisons),
  );
  for (const { strategy } of dissenters) verdicts.set(strategy, "disagree");
  const dissenter = dissenters[0];
  if (!dissenter) return { verdicts, dissenters: [], witness: null };
  const others = [...majority, ...decided].filter((other) => other !== dissenter);
  const other =
    others.find((candidate) => comparisons.of(dissenter, candidate)?.verdict !== "agree") ?? dissenter;
  return {
    verdicts,
    dissenters: dissenters.map(({ strategy }) => strategy),
    witness: { dissenter, other, comparison: comparisons.of(dissenter, other) },
  };
}

function isExact(voter: Numbers | Failure): boolean {
  return voter.kind === "numbers" && voter.exact;
}

/** A failure needs nobody to contradict it. */
function isContradicted(
  voter: Numbers | Failure,
  all: readonly (Numbers | Failure)[],
  comparisons: Comparisons,
): boolean {
  return (
    voter.kind === "failure" || all.some((other) => comparisons.of(voter, other)?.verdict === "disagree")
  );
}

/** All maximal groups in which everybody agrees with everybody; there are at most a handful of voters. */
function agreeingGroups(
  voters: readonly (Numbers | Failure)[],
  comparisons: Comparisons,
): readonly (readonly (Numbers | Failure)[])[] {
  const groups: (Numbers | Failure)[][] = [];
  for (let members = 1; members < 2 ** voters.length; members++) {
    const group = voters.filter((_, i) => (members & (1 << i)) !== 0);
    if (group.every((a) => group.every((b) => a === b || comparisons.of(a, b)?.verdict === "agree")))
      groups.push(group);
  }
  return groups;
}

/** Pairwise comparisons, each made once; null where one of the two failed. */
class Comparisons {
  readonly #known = new Map<string, Comparison>();
  readonly #voters: readonly (Numbers | Failure)[];
  readonly #scale: Scale;

  constructor(voters: readonly (Numbers | Failure)[], scale: Scale) {
    this.#voters = voters;
    this.#scale = scale;
  }

  of(a: Numbers | Failure, b: Numbers | Failure): Comparison | null {
    if (a.kind === "failure" || b.kind === "failure") return null;
    if (a === b) return AGREE;
    const [i, j] = [this.#voters.indexOf(a), this.#voters.indexOf(b)];
    if (i > j) return mirrored(this.of(b, a));
    const key = `${i} ${j}`;
    let found = this.#known.get(key);
    if (found === undefined) this.#known.set(key, (found = compare(a, b, this.#scale)));
    return found;
  }
}

function mirrored(comparison: Comparison | null): Comparison | null {
  if (!comparison?.worst) return comparison;
  const [p, q] = comparison.worst.numbers;
  return { ...comparison, worst: { ...comparison.worst, numbers: [q, p] } };
}
