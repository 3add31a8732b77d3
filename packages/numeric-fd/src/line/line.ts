/** The values of f at one point of a line through x. */
export interface Sample {
  /** The distance from x that the point really has after rounding. */
  readonly offset: number;
  /** The same by outputs, where each sees another coordinate move. */
  readonly offsets?: Float64Array;
  /** Every output of f there; never changed, never shared. */
  readonly values: Float64Array;
  /** The size of what was rounded to give the values, where that is larger than they are: differences of large numbers. */
  readonly sizes?: Float64Array;
}

/** The size of the numbers behind an output of a sample. */
export function sizeOf({ values, sizes }: Sample, output: number): number {
  return Math.max(Math.abs(values[output]!), sizes?.[output] ?? 0);
}

/** The distance from x of a sample, as one of its outputs sees it. */
export function offsetOf({ offset, offsets }: Sample, output: number): number {
  return offsets?.[output] ?? offset;
}

/** What a line has to know for a sample: the points at which f is called (one, two for a difference, none for a memory). */
export interface Question<P> {
  readonly points: readonly P[];
  answer(values: readonly Float64Array[]): Sample;
}

/**
 * f along a line through x, as the algorithms see it: one real offset in, all outputs out. P is what f is called with.
 */
export interface Line<P = unknown> {
  /** f(x). */
  readonly centre: Float64Array;
  /** The offset at which the line has moved by about the characteristic size of x. */
  readonly scale: number;
  /** |x| in units of the offset: where the line may reach a zero of a coordinate. 0 when x is 0. */
  readonly magnitude: number;
  /** The spacing of float64 numbers at x, in units of the offset. */
  readonly resolution: number;
  /** The offsets allowed by the bounds, lowest ≤ 0 ≤ highest. */
  readonly lowest: number;
  readonly highest: number;
  /** How often f was called so far. */
  evaluations(): number;
  /** What is to be evaluated at an offset from x. */
  ask(offset: number): Question<P>;
  /** Calls f at x again, for a look at whether it gives the same values. */
  again(): Float64Array;
}

/**
 * The step next below that leads to float64 numbers: where f is much steeper than large, the rounding of x + h would be
 * more than that of f.
 */
export function exactStep(step: number, { resolution }: Pick<Line, "resolution">): number {
  const grain = 2 * resolution;
  return step < grain / Number.EPSILON ? Math.max(1, Math.floor(step / grain)) * grain : step;
}

/** The distance from |x| to the next larger float64. */
export function ulp(x: number): number {
  const size = Math.abs(x);
  if (size < 2 ** -1022) return Number.MIN_VALUE;
  let power = 2 ** Math.floor(Math.log2(size));
  if (power > size) power /= 2;
  return Math.max(power * Number.EPSILON, Number.MIN_VALUE);
}
