/** Where f was evaluated: on both sides of x, or on one. */
export type Side = "central" | "forward" | "backward";

/** How a derivative is approximated; "adaptive" chooses its steps and its order by what it sees. */
export type Method = "adaptive" | "complexStep" | Side;

/**
 * What the error of an estimate means.
 *
 * - `ok`: f is smooth at the scales that were looked at; the error is a bound.
 * - `noisy`: f carries more noise than rounding explains; the error is a bound that includes it.
 * - `oneSided`: f is not defined, or not allowed, on one side of x; the error is a bound for the one-sided derivative.
 * - `kink`: the slopes on the two sides differ; no derivative exists, the error is Infinity.
 * - `notAnalytic`: complex steps only: f computes something else in complex numbers than in real ones; the error is Infinity.
 * - `unresolved`: the differences converge to nothing; no bound can be given, the error is Infinity.
 * - `nonFinite`: f(x) is not finite, or f is finite at no point next to x; the error is Infinity, the value NaN.
 * - `nondeterministic`: f gave two values for one x; the error is Infinity, the value NaN.
 */
export type Status =
  "ok" | "noisy" | "oneSided" | "kink" | "notAnalytic" | "unresolved" | "nonFinite" | "nondeterministic";

/** One derivative by finite differences, with a bound for its error. */
export interface Estimate {
  /** The derivative; NaN when f has none that could be estimated. */
  readonly value: number;
  /** A bound for |value − derivative|; Infinity when none can be given. */
  readonly error: number;
  /** How often f was called. */
  readonly evaluations: number;
  /** The step h of the finest difference that the value is made of; NaN when there is no value. */
  readonly step: number;
  /** The accuracy order: the error shrinks as step^order. */
  readonly order: number;
  readonly side: Side;
  readonly status: Status;
}

/** An estimate of one output of f along a line, whose evaluations are counted by the line. */
export type LineEstimate = Omit<Estimate, "evaluations">;

/** The estimate that says that there is none. */
export function noEstimate(status: Status, side: Side = "central", value: number = NaN): LineEstimate {
  return { value, error: Infinity, step: NaN, order: 0, side, status };
}
