import { fromData } from "@fluxion/core";
import type { StrategyMode } from "@fluxion/core";
import { seeded } from "../data/index.ts";
import type { Operator, Problem, Workload } from "../workloads/index.ts";
import { timeOnce } from "./clock.ts";
import type { Contender } from "./contender.ts";
import type { Cell } from "./results.ts";

/** How many passes over f a derivative takes, for the numbers of f's inputs and outputs. */
export function passes(mode: StrategyMode, operator: Operator, inputs: number, outputs: number): number {
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

/**
 * Milliseconds of one directional derivative times the number of passes: what a derivative costs that is put together
 * one pass after the other. Null where a single pass serves for everything.
 */
export function timeOneByOne(
  { mode, strategy }: Contender,
  operator: Operator,
  { f, inputs, byHand }: Problem,
): number | null {
  const count = inputs.reduce((sum, { size }) => sum + size, 0);
  const total = passes(mode, operator, count, byHand.value().length);
  if (total === 1) return null;
  const every = { arguments: inputs.map((_, index) => index) };
  const random = seeded(0);
  const tangents = inputs.map(({ size, shape }) => fromData(random.normal(size), shape));
  const alongOne = () => strategy.jvp(f, every)(...inputs)(tangents);
  // The first call also compiles; the faster of two is nearer to what passes in a loop take.
  return total * Math.min(timeOnce(alongOne), timeOnce(alongOne));
}

/**
 * Milliseconds that a derivative will take, from what is known before it is computed: the time pass by pass, corrected
 * by what passes turned out to cost at the next smaller size (blocks of them are cheaper); or else that size's time,
 * scaled by theory. Null where nothing is known.
 */
export function predict(
  contender: Contender,
  workload: Workload,
  n: number,
  oneByOne: number | null,
  smaller: readonly Cell[],
): number | null {
  const known = smaller.findLast((cell) => cell.contender === contender.name && timeOf(cell) !== undefined);
  if (!known) return oneByOne;
  const time = timeOf(known)!;
  if (oneByOne === null || known.oneByOne === undefined)
    return time * (n / known.size) ** theoreticalExponent(contender.mode, workload);
  return oneByOne * Math.min(1, time / known.oneByOne);
}

function timeOf({ derivative, predicted }: Cell): number | undefined {
  return derivative?.milliseconds ?? predicted;
}
