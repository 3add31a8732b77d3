import type { OperatorName, Strategy } from "@fluxion/core";

/** The quantities on which strategies are compared. */
export const quantities = [
  "value",
  "vjp",
  "jvp",
  "transpose",
  "derivative",
  "gradient",
  "jacobian",
  "hessian",
  "hvp",
] as const;

/** A differentiation operator; `value` is f itself, `transpose` is ⟨ȳ, J·ẋ⟩ = ⟨Jᵀȳ, ẋ⟩ within one strategy. */
export type Quantity = (typeof quantities)[number];

/** How often one strategy came to each verdict on one quantity. */
export interface VerdictCounts {
  agree: number;
  disagree: number;
  /** The error bounds are too wide for the comparison to mean anything. */
  inconclusive: number;
  /** The strategy said UNSUPPORTED, or it can't see what the program uses (numeric-fd and stopGradient). */
  abstain: number;
}

/** What `crossCheck` is asked for. */
export interface CrossCheckOptions {
  /** At least two; all four of Fluxion unless given. */
  readonly strategies?: readonly Strategy[];
  /** Number of random programs; 1000 unless given. */
  readonly runs?: number;
  /** Where the random programs begin; taken from the clock unless given. */
  readonly seed?: number;
  /** With the seed, replays one failing program: `disagreement.path`. */
  readonly path?: string;
  /** Operators in a program, at most; 12 unless given. */
  readonly maximumNodes?: number;
  /** Failing programs after which the check stops; 3 unless given. */
  readonly maximumDisagreements?: number;
  /** Called after every program. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** A program on which strategies differ, shrunk to the smallest that still shows it. */
export interface Disagreement {
  readonly quantity: Quantity;
  /** Who stands alone, by vote; several names where the vote is tied. */
  readonly dissenters: readonly string[];
  /** The operator at which the dissenter first departs ("custom": a function with rules of its own); null where none is to blame. */
  readonly operator: OperatorName | "custom" | null;
  /** The program and its inputs as a few lines of TypeScript. */
  readonly program: string;
  /** Everything for a person: program, who says what, the operator, how to replay. */
  readonly message: string;
  /** `crossCheck({ seed, path })` runs this program again. */
  readonly seed: number;
  readonly path: string;
}

/** What a cross-check found. */
export interface CrossCheckReport {
  /** No disagreement, and the inconclusive rate within its cap. */
  readonly passed: boolean;
  /** Programs that were compared. */
  readonly programs: number;
  readonly seed: number;
  /** `verdicts[strategy][quantity]`. */
  readonly verdicts: Readonly<Record<string, Readonly<Record<Quantity, Readonly<VerdictCounts>>>>>;
  /** Why a strategy abstained, and on how many programs: `abstentions[strategy][reason]`. */
  readonly abstentions: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** In how many programs each of core's operators occurred. */
  readonly coverage: Readonly<Record<OperatorName, number>>;
  /** Why candidate operators were refused while programs were built, and how often. */
  readonly resampled: Readonly<Record<string, number>>;
  /** Inconclusive verdicts per verdict that isn't an abstention, of the strategy that has most. */
  readonly inconclusiveRate: number;
  /** The rate beyond which the report fails. */
  readonly inconclusiveCap: number;
  readonly disagreements: readonly Disagreement[];
}
