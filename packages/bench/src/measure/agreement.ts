import { fromData } from "@fluxion/core";
import type { Strategy, Tensor } from "@fluxion/core";
import { seeded } from "../data/index.ts";
import type { Operator, Problem } from "../workloads/index.ts";
import { arrays } from "./contender.ts";
import type { Contender } from "./contender.ts";

/** Whether a contender's numbers are those of the derivative by hand; nothing is timed before this is known. */
export interface Agreement {
  readonly verdict: "agrees" | "disagrees" | "inconclusive";
  /** Every entry, or derivatives along random directions where all entries would take too long. */
  readonly compared: "all entries" | "random directions";
  /** Largest difference, relative to the largest entry by hand. */
  readonly error: number;
  /** The largest difference that was allowed: rounding, or the strategy's own error bound. */
  readonly allowed: number;
}

/** What two correct float64 programs may differ by, relative to the largest entry. */
const rounding = 1e-10;

/** Compares every entry with the derivative by hand. */
export function compareEntries(contender: Contender, operator: Operator, problem: Problem): Agreement {
  const expected = problem.byHand.derivative();
  const scale = Math.max(...expected.map(largest));
  if (contender.strategy.estimate) return compareEstimate(contender.strategy, operator, problem, scale);
  const { run, read } = contender.prepare(operator, problem);
  const error = largestDifference(read(run()), expected) / scale;
  return {
    verdict: error <= rounding ? "agrees" : "disagrees",
    compared: "all entries",
    error,
    allowed: rounding,
  };
}

/** A strategy that gives error bounds is held to them, entry by entry. */
function compareEstimate(strategy: Strategy, operator: Operator, problem: Problem, scale: number): Agreement {
  const { f, inputs, direction } = problem;
  const options = inputs.length === 1 ? {} : { arguments: inputs.map((_, index) => index) };
  const args = direction ? [...inputs, direction] : inputs;
  const estimate = strategy.estimate!(operator, f, options)(...args);
  const found = arrays(estimate.value as Tensor | readonly Tensor[]);
  const bounds = arrays(estimate.error as Tensor | readonly Tensor[]);
  const expected = problem.byHand.derivative();
  let verdict: Agreement["verdict"] = "agrees";
  expected.forEach((leaf, k) =>
    leaf.forEach((value, i) => {
      const bound = bounds[k]![i]!;
      if (!Number.isFinite(bound)) verdict = verdict === "agrees" ? "inconclusive" : verdict;
      else if (!(Math.abs(found[k]![i]! - value) <= bound + rounding * scale)) verdict = "disagrees";
    }),
  );
  const allowed = Math.max(...bounds.map(largest)) / scale + rounding;
  return { verdict, compared: "all entries", error: largestDifference(found, expected) / scale, allowed };
}

/** Compares J·v (for a gradient ⟨g, v⟩) along three random directions: one pass each, whatever the number of inputs. */
export function compareDirections({ strategy }: Contender, problem: Problem): Agreement {
  const random = seeded(problem.inputs.length);
  const derivative = problem.byHand.derivative();
  const trials = [1, 2, 3].map(() => {
    const tangents = problem.inputs.map(({ size, shape }) => fromData(random.normal(size), shape));
    const { found, bound } = directional(strategy, problem, tangents);
    const expected = found.map((_, output) => along(derivative, tangents, output));
    const scale = largest(expected);
    return { error: largestDifference([found], [expected]) / scale, allowed: bound / scale + rounding };
  });
  const error = Math.max(...trials.map((trial) => trial.error));
  const allowed = Math.max(...trials.map((trial) => trial.allowed));
  const agrees = trials.every((trial) => trial.error <= trial.allowed);
  const verdict = !agrees ? "disagrees" : Number.isFinite(allowed) ? "agrees" : "inconclusive";
  return { verdict, compared: "random directions", error, allowed };
}

/** J·v, and the error bound of a strategy that gives one. */
function directional(
  strategy: Strategy,
  { f, inputs }: Problem,
  tangents: readonly Tensor[],
): { readonly found: Float64Array; readonly bound: number } {
  const every = { arguments: inputs.map((_, index) => index) };
  if (!strategy.estimate)
    return { found: arrays(strategy.jvp(f, every)(...inputs)(tangents).tangent)[0]!, bound: 0 };
  const { value, error } = strategy.estimate("jvp", f, every)(...inputs, tangents);
  return { found: arrays(value as Tensor)[0]!, bound: largest(arrays(error as Tensor)[0]!) };
}

/** Row `output` of the derivative times the tangents. */
function along(derivative: readonly Float64Array[], tangents: readonly Tensor[], output: number): number {
  let sum = 0;
  tangents.forEach(({ data, size }, leaf) => {
    for (let i = 0; i < size; i++) sum += derivative[leaf]![output * size + i]! * data[i]!;
  });
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

/** Infinity where lengths differ or an entry is not a number. */
function largestDifference(found: readonly Float64Array[], expected: readonly Float64Array[]): number {
  let most = 0;
  expected.forEach((leaf, k) => {
    const other = found[k];
    if (other?.length !== leaf.length) most = Infinity;
    else leaf.forEach((value, i) => (most = larger(most, Math.abs(other[i]! - value))));
  });
  return most;
}

/** The larger one; infinity stands for a difference that is not a number. */
function larger(most: number, difference: number): number {
  return Number.isNaN(difference) ? Infinity : Math.max(most, difference);
}
