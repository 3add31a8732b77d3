/** Where a minimiser stopped. */
export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  /** Largest component of the gradient. */
  readonly slope: number;
  readonly iterations: number;
  /** How often value and derivatives were asked for. */
  readonly evaluations: number;
}

export interface MinimizerOptions {
  /** Stop when no component of the gradient is larger. */
  readonly tolerance?: number;
  readonly maximumIterations?: number;
}

export function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

/** point + length · direction, in a new array. */
export function moved(point: Float64Array, direction: Float64Array, length: number): Float64Array {
  return point.map((value, i) => value + length * direction[i]!);
}

/** A value and its gradient at a point. */
export interface FirstOrder {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Where a minimiser is, and what it has seen. */
export interface State<Derivatives extends FirstOrder> {
  readonly point: Float64Array;
  readonly here: Derivatives;
  readonly evaluations: number;
}

/** Halves `length` until a step along `direction` descends (Armijo's condition, rounding errors allowed for). */
export function descend<Derivatives extends FirstOrder>(
  objective: (point: Float64Array) => Derivatives,
  { point, here, evaluations }: State<Derivatives>,
  direction: Float64Array,
  length: number,
): State<Derivatives> {
  const slope = inner(direction, here.gradient);
  const allowance = 1e-14 * Math.abs(here.value);
  for (let tries = 1; ; tries++, length /= 2) {
    const next = moved(point, direction, length);
    const there = objective(next);
    const descends = there.value <= here.value + 1e-4 * length * slope + allowance;
    if (descends || tries === 40) return { point: next, here: there, evaluations: evaluations + tries };
  }
}

/** The minimum that a state stands for. */
export function minimumOf({ point, here, evaluations }: State<FirstOrder>, iterations: number): Minimum {
  return { point, value: here.value, slope: largest(here.gradient), iterations, evaluations };
}
