import type { FitResult } from "../fit/index.ts";
import type { BenchmarkResult } from "../measure/index.ts";

/** An expression differentiated in closed form, with the derivation. */
export interface Derivation {
  readonly title: string;
  readonly question: string;
  readonly answer: string;
  readonly questionLatex: string;
  readonly answerLatex: string;
  readonly steps: readonly { readonly rule: string; readonly latex: string }[];
  /** Each strategy at a random point: the first entry, and the largest difference from the formula, relative. */
  readonly checks: readonly { readonly strategy: string; readonly first: number; readonly error: number }[];
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
