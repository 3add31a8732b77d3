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
export interface Entry {
  /** The derivative; NaN when f has none that could be estimated. */
  readonly value: number;
  /** A bound for |value − derivative|; Infinity when none can be given. */
  readonly error: number;
  /** The step h of the finest difference that the value is made of; NaN when there is no value. */
  readonly step: number;
  /** The accuracy order: the error shrinks as step^order. */
  readonly order: number;
  readonly side: Side;
  readonly status: Status;
}

/** A derivative of a function of a number, and what it cost. */
export interface Estimate extends Entry {
  /** At how many points f was evaluated. */
  readonly evaluations: number;
  /** In how many calls of the option `batch`, where it was given. */
  readonly batches?: number;
}

/** An estimate of one output of f along a line, in units of the offset. */
export type LineEstimate = Entry;

/** The estimate that says that there is none. */
export function noEstimate(status: Status, side: Side = "central", value: number = NaN): LineEstimate {
  return { value, error: Infinity, step: NaN, order: 0, side, status };
}

/** The estimate itself, or that there is none where its numbers are beyond float64. */
export function representable(estimate: LineEstimate): LineEstimate {
  const { value, error, side, status } = estimate;
  const claims = status === "ok" || status === "noisy" || status === "oneSided";
  return claims && !(Number.isFinite(value) && error < Infinity) ? noEstimate("unresolved", side) : estimate;
}
