import type { Strategy, StrategyMode, Tensor } from "@fluxion/core";
import type { WorkloadOperator, Problem } from "../workloads/index.ts";

/** A derivative that is ready to be computed, again and again. */
export interface Prepared {
  /** Computes it; this is what is timed. */
  readonly run: () => unknown;
  /** Reads the numbers out of what `run` returned: one array per input, row-major. */
  readonly read: (result: unknown) => readonly Float64Array[];
}

/** Something that takes part in the comparison. */
export interface Contender {
  readonly name: string;
  readonly mode: StrategyMode;
  /** What computes directional derivatives, and error estimates where results are not exact. */
  readonly strategy: Strategy;
  /** Everything that happens once per function, before the clock starts. */
  readonly prepare: (operator: WorkloadOperator, problem: Problem) => Prepared;
}

/**
 * A strategy called as users call it.
 *
 * @example
 * import { strategyContender } from "@fluxion/bench";
 * import { forwardDual } from "@fluxion/forward-dual";
 * strategyContender(forwardDual).name; // => forward-dual
 */
export function strategyContender(strategy: Strategy): Contender {
  return {
    name: strategy.name,
    mode: strategy.mode,
    strategy,
    prepare: (operator, problem) => prepare(strategy, operator, problem),
  };
}

function prepare(
  strategy: Strategy,
  operator: WorkloadOperator,
  { f, inputs, direction }: Problem,
): Prepared {
  switch (operator) {
    case "gradient": {
      // With a single input the plain call, which mirrors a tensor instead of a tuple.
      if (inputs.length > 1) return gradientByAll(strategy, f, inputs);
      const valueAndGradient = strategy.valueAndGradient(f);
      return prepared(
        () => valueAndGradient(...inputs),
        ({ gradient }) => gradient,
      );
    }
    case "jacobian": {
      const valueAndJacobian = strategy.valueAndJacobian(f);
      return prepared(
        () => valueAndJacobian(...inputs),
        ({ jacobian }) => jacobian,
      );
    }
    case "hessian": {
      const hessian = strategy.hessian(f);
      return prepared(
        () => hessian(...inputs),
        (result) => result,
      );
    }
    case "hvp": {
      const hvp = strategy.hvp(f);
      return prepared(
        () => hvp(...inputs)(direction!),
        (result) => result,
      );
    }
  }
}

function gradientByAll(strategy: Strategy, f: Problem["f"], inputs: readonly Tensor[]): Prepared {
  const valueAndGradient = strategy.valueAndGradient(f, { arguments: inputs.map((_, index) => index) });
  return prepared(
    () => valueAndGradient(...inputs),
    ({ gradient }) => gradient,
  );
}

function prepared<Result>(run: () => Result, pick: (result: Result) => Tensor | readonly Tensor[]): Prepared {
  return { run, read: (result) => arrays(pick(result as Result)) };
}

/** The entries of one tensor or of several. */
export function arrays(result: Tensor | readonly Tensor[]): readonly Float64Array[] {
  const leaves = Array.isArray(result) ? (result as readonly Tensor[]) : [result as Tensor];
  return leaves.map((leaf) => Float64Array.from(leaf.data));
}
