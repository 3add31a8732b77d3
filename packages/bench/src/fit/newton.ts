import { descend, largest, minimumOf } from "./minimum.ts";
import type { FirstOrder, Minimum, MinimizerOptions, State } from "./minimum.ts";
import { solvePositiveDefinite } from "./solve.ts";

/** A value, its gradient [n] and its Hessian [n, n], row-major. */
export interface SecondOrder extends FirstOrder {
  readonly hessian: Float64Array;
}

/** Minimises a strictly convex function by Newton's method with backtracking. */
export function newton(
  objective: (point: Float64Array) => SecondOrder,
  start: Float64Array,
  { tolerance = 1e-10, maximumIterations = 100 }: MinimizerOptions = {},
): Minimum {
  let state: State<SecondOrder> = { point: start, here: objective(start), evaluations: 1 };
  let iterations = 0;
  while (largest(state.here.gradient) > tolerance && iterations < maximumIterations) {
    const { hessian, gradient } = state.here;
    const direction = solvePositiveDefinite(
      hessian,
      gradient.map((slope) => -slope),
    );
    state = descend(objective, state, direction, 1);
    iterations++;
  }
  return minimumOf(state, iterations);
}
