import type { Strategy, Tensor } from "@fluxion/core";
import type { WorkloadOperator, Problem } from "../workloads/index.ts";
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

/** Compares every entry with the derivative by hand; a strategy that gives error bounds is held to them. */
export function compareEntries(
  contender: Contender,
  operator: WorkloadOperator,
  problem: Problem,
): Agreement {
  const expected = problem.byHand.derivative();
  const { run, read } = contender.prepare(operator, problem);
  const bounds = contender.strategy.estimate ? errorBounds(contender.strategy, operator, problem) : undefined;
  return { ...judge(read(run()), expected, bounds), compared: "all entries" };
}

function errorBounds(
  strategy: Strategy,
  operator: WorkloadOperator,
  problem: Problem,
): readonly Float64Array[] {
  const { f, inputs, direction } = problem;
  const options = inputs.length === 1 ? {} : { arguments: inputs.map((_, index) => index) };
  const args = direction ? [...inputs, direction] : inputs;
  return arrays(strategy.estimate!(operator, f, options)(...args).error as Tensor | readonly Tensor[]);
}

/** Every entry has to be within its bound, and the rounding error of the derivative by hand. */
export function judge(
  found: readonly Float64Array[],
  expected: readonly Float64Array[],
  bounds?: readonly Float64Array[],
): Omit<Agreement, "compared"> {
  const scale = Math.max(...expected.map(largest));
  const error = largestDifference(found, expected) / scale;
  const allowed = Math.max(0, ...(bounds ?? []).map(largest)) / scale + rounding;
  const boundOf = (leaf: number, entry: number): number => (bounds?.[leaf]![entry] ?? 0) + rounding * scale;
  const within = expected.every((leaf, k) =>
    leaf.every((value, i) => Math.abs((found[k]?.[i] ?? NaN) - value) <= boundOf(k, i)),
  );
  const agrees = within && error < Infinity;
  return { verdict: !agrees ? "disagrees" : allowed < Infinity ? "agrees" : "inconclusive", error, allowed };
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
