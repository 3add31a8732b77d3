import { FluxionError, type Strategy } from "@fluxion/core";
import { check, property } from "fast-check";
import type { VerdictCounts } from "../agreement/report.ts";
import type { Scale, Verdict } from "../agreement/compare.ts";
import { scaleOf } from "../agreement/examine.ts";
import { allStrategies } from "../agreement/strategies.ts";
import { type Subject, subjectOfProgram } from "../agreement/subject.ts";
import { programs } from "../programs/arbitrary.ts";
import { programText } from "../programs/print.ts";
import { firstOrderLaws } from "./first-order.ts";
import type { Law } from "./law.ts";
import { nestingLaws } from "./nesting.ts";
import { secondOrderLaws } from "./second-order.ts";
import { taylorLaws } from "./taylor.ts";
import { vmapLaws } from "./vmap.ts";

export interface LawOptions {
  /** Those that are judged; all four of Fluxion unless given. */
  readonly strategies?: readonly Strategy[];
  /** All laws unless given. */
  readonly laws?: readonly Law[];
  /** Number of random programs; 200 unless given. */
  readonly runs?: number;
  readonly seed?: number;
  /** With the seed, replays one failing program. */
  readonly path?: string;
  /** Operators in a program, at most; 8 unless given. */
  readonly maximumNodes?: number;
}

/** `[law][strategy]` counts of verdicts. */
export type LawReport = Readonly<Record<string, Readonly<Record<string, Omit<VerdictCounts, "abstain">>>>>;

/** Every law; those of nesting for each inner strategy. */
export function lawsFor(strategies: readonly Strategy[]): readonly Law[] {
  return [...firstOrderLaws, ...secondOrderLaws, ...taylorLaws, ...vmapLaws, ...nestingLaws(strategies)];
}

/**
 * Judges every strategy by itself on random programs: linearity, sum, product and chain rule, symmetry of the Hessian,
 * H·v, slopes of Taylor remainders, batches, and differentiation of each other's results.
 * Throws `DISAGREEMENT` with the smallest program on which a law fails.
 *
 * @example
 * import { checkLaws } from "@fluxion/bench";
 * import { forwardDual } from "@fluxion/forward-dual";
 * const report = checkLaws({ strategies: [forwardDual], runs: 20, seed: 1 });
 * report["jvp is linear"]?.["forward-dual"]; // => {"agree":20,"disagree":0,"inconclusive":0}
 */
export function checkLaws(options: LawOptions = {}): LawReport {
  const {
    strategies = allStrategies,
    laws = lawsFor(strategies),
    runs = 200,
    seed = Date.now() % 0x7fffffff,
    path,
    maximumNodes = 8,
  } = options;
  const report: Record<string, Record<string, Omit<VerdictCounts, "abstain">>> = {};
  let broken: Broken | null = null;
  const result = check(
    property(programs({ maximumNodes }), (program) => {
      const subject = subjectOfProgram(program);
      const scale = scaleOf(subject);
      for (const law of laws) {
        for (const strategy of strategies) {
          // While a failure is shrunk, only the law that failed counts.
          if (broken && (broken.law !== law || broken.strategy !== strategy)) continue;
          const { verdict, error } = judged(law, strategy, subject, scale);
          if (verdict === null) continue;
          const counts = ((report[law.name] ??= {})[strategy.name] ??= {
            agree: 0,
            disagree: 0,
            inconclusive: 0,
          });
          counts[verdict]++;
          if (verdict !== "disagree") continue;
          broken = { law, strategy, error };
          return false;
        }
      }
      return true;
    }),
    { seed, numRuns: path === undefined ? runs : 1, ...(path === undefined ? {} : { path }) },
  );
  // Assigned in the property, which the compiler doesn't follow.
  const failure = broken as Broken | null;
  const [program] = result.counterexample ?? [];
  if (failure && program)
    throw new FluxionError(
      "DISAGREEMENT",
      `${failure.strategy.name} breaks the law "${failure.law.name}", ${failure.law.statement}, on this function:\n\n${programText(program)}\n\n` +
        (failure.error ? `It threw ${String(failure.error)}\n` : "") +
        `Replay it with checkLaws({ seed: ${result.seed}, path: "${result.counterexamplePath}", maximumNodes: ${maximumNodes} }).`,
    );
  if (result.failed) throw result.errorInstance ?? new Error("checkLaws failed");
  return report;
}

interface Broken {
  readonly law: Law;
  readonly strategy: Strategy;
  readonly error: unknown;
}

/** The verdict; an operator without a rule is an abstention, any other error breaks the law. */
function judged(
  law: Law,
  strategy: Strategy,
  subject: Subject,
  scale: Scale,
): { readonly verdict: Verdict | null; readonly error: unknown } {
  try {
    return { verdict: law.judge(strategy, subject, scale), error: null };
  } catch (error) {
    const abstains = error instanceof FluxionError && error.code === "UNSUPPORTED";
    return { verdict: abstains ? null : "disagree", error };
  }
}
