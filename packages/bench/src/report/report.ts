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
  /** Largest relative difference of each strategy from the answer's value, at a random point. */
  readonly checks: readonly { readonly strategy: string; readonly error: number }[];
}

/** What the cross-check on random programs found. */
export interface CrossCheckSummary {
  readonly programs: number;
  readonly agreements: number;
  readonly inconclusive: number;
  readonly disagreements: number;
  readonly seconds: number;
}

/** What a run found, for whichever form it is shown in. */
export interface Report {
  readonly benchmark: BenchmarkResult;
  readonly derivations?: readonly Derivation[];
  readonly crossCheck?: CrossCheckSummary;
  readonly fits?: readonly FitResult[];
}
