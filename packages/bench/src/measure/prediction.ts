import { fromData } from "@fluxion/core";
import type { StrategyMode } from "@fluxion/core";
import { seeded } from "../data/index.ts";
import type { Operator, Problem, Workload } from "../workloads/index.ts";
import { timeOnce } from "./clock.ts";
import type { Contender } from "./contender.ts";

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
 * Milliseconds that one derivative will take: the time of one directional derivative times the number of passes.
 *
 * Where a single pass serves for everything there is nothing to multiply, and the answer is 0: measure it.
 */
export function predict(
  { mode, strategy }: Contender,
  operator: Operator,
  { f, inputs, byHand }: Problem,
): number {
  const count = inputs.reduce((sum, { size }) => sum + size, 0);
  const total = passes(mode, operator, count, byHand.value().length);
  if (total === 1) return 0;
  const every = { arguments: inputs.map((_, index) => index) };
  const random = seeded(0);
  const tangents = inputs.map(({ size, shape }) => fromData(random.normal(size), shape));
  const alongOne = () => strategy.jvp(f, every)(...inputs)(tangents);
  // The first call also compiles; the faster of two is nearer to what passes in a loop take.
  return total * Math.min(timeOnce(alongOne), timeOnce(alongOne));
}
