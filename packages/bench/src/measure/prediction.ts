import { add, fromData, matmul, ones, reshape, zeros } from "@fluxion/core";
import type { StrategyMode, Tensor } from "@fluxion/core";
import { seeded } from "../data/index.ts";
import type { WorkloadOperator, Problem, Workload } from "../workloads/index.ts";
import { timeOnce } from "./clock.ts";
import type { Contender } from "./contender.ts";
import type { Cell } from "./results.ts";

/** How many passes over f a derivative takes, for the numbers of f's inputs and outputs. */
export function passes(
  mode: StrategyMode,
  operator: WorkloadOperator,
  inputs: number,
  outputs: number,
): number {
  const sweeps = mode === "forward" || mode === "numeric";
  switch (operator) {
    case "gradient":
      return sweeps ? inputs : 1;
    case "jacobian":
      return sweeps ? inputs : outputs;
    case "hessian":
      return sweeps ? inputs * inputs : inputs;
    case "hvp":
      return sweeps ? inputs : 1;
  }
}

/** The exponent of n in the time of a derivative, for large n. */
export function theoreticalExponent(mode: StrategyMode, { operator, growth }: Workload): number {
  const { value, inputs, outputs } = growth;
  // passes(…) of powers of n is a power of n: its exponent is the logarithm of passes(…) to that base.
  return value + Math.log2(passes(mode, operator, 2 ** inputs, 2 ** outputs));
}

/** Directions in which a derivative is tried out before all of it is computed. */
const block = 16;

/**
 * Milliseconds that a derivative takes if every direction costs what a few of them do: the same operator is timed on
 * f(x + D·t) at t = 0, for a block of random directions D. Null where a few cost as much as all.
 */
export function timeByBlock(
  contender: Contender,
  operator: WorkloadOperator,
  problem: Problem,
): number | null {
  const count = problem.inputs.reduce((sum, { size }) => sum + size, 0);
  const outputs = problem.byHand.value().length;
  const few = passes(contender.mode, operator, Math.min(block, count), outputs);
  const all = passes(contender.mode, operator, count, outputs);
  if (few === all) return null;
  const { run } = contender.prepare(operator, restricted(problem));
  // The first call also compiles.
  return (all / few) * Math.min(timeOnce(run), timeOnce(run));
}

/** The problem as a function of the steps along a few random directions. */
function restricted(problem: Problem): Problem {
  const { f, inputs } = problem;
  const random = seeded(0);
  const directions = inputs.map(({ size }) => fromData(random.normal(block * size), [block, size]));
  return {
    ...problem,
    f: (steps: Tensor) =>
      f(...inputs.map((x, leaf) => add(x, reshape(matmul(steps, directions[leaf]!), [...x.shape])))),
    inputs: [zeros([block])],
    direction: ones([block]),
  };
}

/**
 * Milliseconds that a derivative will take, from what is known before it is computed: the time by block, corrected by
 * what it turned out to be at the next smaller size; or else that size's time, scaled by theory. Null where nothing is known.
 */
export function predict(
  contender: Contender,
  workload: Workload,
  n: number,
  byBlock: number | null,
  smaller: readonly Cell[],
): number | null {
  const known = smaller.findLast((cell) => cell.contender === contender.name && timeOf(cell) !== undefined);
  if (!known) return byBlock;
  const time = timeOf(known)!;
  if (byBlock === null || known.byBlock === undefined)
    return time * (n / known.size) ** theoreticalExponent(contender.mode, workload);
  return byBlock * Math.min(1, time / known.byBlock);
}

function timeOf({ derivative, predicted }: Cell): number | undefined {
  return derivative?.milliseconds ?? predicted;
}
