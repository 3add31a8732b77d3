import { descend, inner, largest, minimumOf, moved } from "./minimum.ts";
import type { FirstOrder, Minimum, MinimizerOptions, State } from "./minimum.ts";

/** A step that was taken, and by how much it changed the gradient. */
interface Correction {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

const remembered = 10;

/**
 * Minimises a smooth function by limited-memory BFGS with backtracking.
 *
 * Source: J. Nocedal and S. J. Wright, Numerical Optimization, 2nd edition 2006, algorithms 7.4 and 7.5.
 */
export function lbfgs(
  objective: (point: Float64Array) => FirstOrder,
  start: Float64Array,
  { tolerance = 1e-10, maximumIterations = 500 }: MinimizerOptions = {},
): Minimum {
  const corrections: Correction[] = [];
  let state: State<FirstOrder> = { point: start, here: objective(start), evaluations: 1 };
  let iterations = 0;
  while (largest(state.here.gradient) > tolerance && iterations < maximumIterations) {
    const { point, here } = state;
    // Without a curvature to go by, the first step is at most 1 long in every coordinate.
    const length = iterations === 0 ? Math.min(1, 1 / largest(here.gradient)) : 1;
    state = descend(objective, state, descentDirection(here.gradient, corrections), length);
    const step = moved(state.point, point, -1);
    const change = moved(state.here.gradient, here.gradient, -1);
    const curvature = inner(step, change);
    if (curvature > 1e-12 * inner(change, change)) corrections.push({ step, change, curvature });
    if (corrections.length > remembered) corrections.shift();
    iterations++;
  }
  return minimumOf(state, iterations);
}

/** −H·gradient, H being the inverse Hessian that the corrections imply (the two-loop recursion). */
function descentDirection(gradient: Float64Array, corrections: readonly Correction[]): Float64Array {
  let direction: Float64Array = gradient.map((value) => -value);
  const weights: number[] = [];
  for (const { step, change, curvature } of corrections.toReversed()) {
    const weight = inner(step, direction) / curvature;
    weights.push(weight);
    direction = moved(direction, change, -weight);
  }
  const latest = corrections.at(-1);
  if (latest) {
    const scale = latest.curvature / inner(latest.change, latest.change);
    direction = direction.map((value) => scale * value);
  }
  for (const { step, change, curvature } of corrections) {
    const weight = weights.pop()!;
    direction = moved(direction, step, weight - inner(change, direction) / curvature);
  }
  return direction;
}
