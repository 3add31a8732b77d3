import type { FitResult } from "../fit/index.ts";
import type { BenchmarkResult } from "../measure/index.ts";

/** One strategy at a random point, compared with the formula's value there. */
export interface DerivationCheck {
  readonly strategy: string;
  /** The first entry. */
  readonly first: number;
  /** Largest difference from the formula, relative to its largest entry. */
  readonly error: number;
  /** What the strategy itself says its error is at most, if it does; relative as well. */
  readonly bound?: number;
}

/** One line of a derivation. */
export interface DerivationStep {
  readonly rule: string;
  readonly before: string;
  readonly after: string;
  readonly latex: string;
}

/** An expression differentiated in closed form, with the derivation. */
export interface Derivation {
  readonly title: string;
  readonly question: string;
  readonly answer: string;
  readonly questionLatex: string;
  readonly answerLatex: string;
  readonly steps: readonly DerivationStep[];
  readonly checks: readonly DerivationCheck[];
  /** What else was found true of it. */
  readonly remark?: string;
}

/** What the cross-check on random programs found: verdicts of every strategy on every quantity. */
export interface CrossCheckSummary {
  readonly programs: number;
  readonly agreements: number;
  readonly inconclusive: number;
  readonly disagreements: number;
  /** A strategy said that it cannot differentiate a program. */
  readonly abstentions: number;
  readonly seconds: number;
}

/** What a run found, for whichever form it is shown in. */
export interface Report {
  readonly benchmark: BenchmarkResult;
  readonly derivations?: readonly Derivation[];
  readonly crossCheck?: CrossCheckSummary;
  readonly fits?: readonly FitResult[];
}
