import {
  type FlatFunction,
  FluxionError,
  formatShape,
  sameShape,
  type Tensor,
  withLevel,
} from "@fluxion/core";
import type { Coordinates } from "../point/coordinates.ts";
import type { Direction } from "../point/lines.ts";
import type { LineEstimate, Status } from "../types.ts";
import type { ComplexArray } from "./array.ts";
import { ComplexNumbers } from "./interpreter.ts";
import { type Lane, UNIT } from "./lanes.ts";

/** The step in units of the smallest coordinate that moves: its square is far below the last digit of 1. */
const RELATIVE_STEP = 2 ** -66;

/** Coordinates below this take longer steps, whose square is just below it, so that powers of them do not underflow. */
const TINY = 2 ** -200;
const STEP_FOR_TINY = 2 ** -33;

/** Steps below this would leave imaginary parts without digits. */
const SMALLEST_STEP = 2 ** -900;

/** The length in which a direction moves its first coordinate by that coordinate's size: |x|, or the typical size of a 0. */
export function reachOf(
  inputs: readonly Tensor[],
  coordinates: readonly Coordinates[],
  direction: Direction,
): number {
  let reach = Infinity;
  direction.forEach((speeds, i) => {
    speeds?.forEach((speed, entry) => {
      const size = Math.abs(inputs[i]!.data[entry]!) || coordinates[i]!.typical[entry]!;
      if (speed !== 0) reach = Math.min(reach, size / Math.abs(speed));
    });
  });
  return reach;
}

/** The step along a direction: a power of two, so that dividing by it is exact. */
export function stepFor(
  inputs: readonly Tensor[],
  coordinates: readonly Coordinates[],
  direction: Direction,
): number {
  const reach = reachOf(inputs, coordinates, direction);
  const step = reach * (reach < TINY ? STEP_FOR_TINY : RELATIVE_STEP);
  return 2 ** Math.floor(Math.log2(Math.max(step, SMALLEST_STEP)));
}

/** One call of f at x + i·step·direction, in several lanes; `[lane]`, with the entries of all outputs one after the other. */
export function complexValues(
  f: FlatFunction,
  inputs: readonly Tensor[],
  direction: Direction,
  step: number,
  lanes: readonly Lane[],
  like: readonly Tensor[],
): readonly Pick<ComplexArray, "re" | "im">[] {
  const outputs = withLevel(
    (level) => new ComplexNumbers(level, lanes),
    (numbers) => {
      const moved = inputs.map((x, i) => {
        const speeds = direction[i] ?? null;
        return speeds === null ? x : numbers.step(x, speeds, step);
      });
      return f(moved).map((y) => numbers.numbers(y));
    },
  );
  outputs.forEach((numbers, k) => checkShape(numbers[0]!.shape, like[k]?.shape ?? [], k));
  return lanes.map((_, lane) => ({
    re: joined(outputs.map((numbers) => numbers[lane]!.re)),
    im: joined(outputs.map((numbers) => numbers[lane]!.im)),
  }));
}

function checkShape(found: readonly number[], expected: readonly number[], output: number): void {
  if (sameShape(found, expected)) return;
  throw new FluxionError(
    "SHAPE_MISMATCH",
    `numericFd, method "complexStep": output ${output} of f has the shape ${formatShape(expected)} for real numbers and ` +
      `${formatShape(found)} for complex ones. The shape must not depend on values.`,
  );
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((total, { length }) => total + length, 0));
  let start = 0;
  for (const part of parts) {
    all.set(part, start);
    start += part.length;
  }
  return all;
}

/** A random change of the last digits is about as large as rounding; so many times the largest of four is not exceeded. */
const SAFETY = 16;

/** Whether the real parts are the values of f, to some last digits, and the slopes are numbers. */
export function areOrdinary(
  { re, im }: Pick<ComplexArray, "re" | "im">,
  step: number,
  centre: Float64Array,
): boolean {
  return centre.every(
    (real, i) => Math.abs(re[i]! - real) <= 64 * UNIT * Math.abs(real) && Number.isFinite(im[i]! / step),
  );
}

/** The slopes of one call without bounds: an error of 0 stands for none asked. */
export function plainSlopes({ im }: Pick<ComplexArray, "re" | "im">, step: number): LineEstimate[] {
  return Array.from(im, (part) => ({
    value: part / step,
    error: 0,
    step,
    order: 2,
    side: "central",
    status: "ok",
  }));
}

/** By how much rounding may change the real values of every output, as the perturbed lanes show it. */
export function noiseOf(
  values: readonly Pick<ComplexArray, "re" | "im">[],
  lanes: readonly Lane[],
  count: number,
): Float64Array {
  return Float64Array.from(
    { length: count },
    (_, i) =>
      SAFETY *
      spread(
        values.map(({ re }) => re[i]!),
        lanes,
      ),
  );
}

/**
 * The slope of every output from the values of one call, Im f(x + ih) / h, with a bound for its error.
 *
 * The bound is the sum of what the lanes show: rounding, by how far random changes of the last digits of every operation
 * move the slope; truncation, by how far shorter steps do; and the smallest numbers of float64 over the step.
 */
export function slopesOf(
  values: readonly Pick<ComplexArray, "re" | "im">[],
  lanes: readonly Lane[],
  step: number,
  centre: Float64Array,
): LineEstimate[] {
  return Array.from(centre, (real, i) => {
    const slopes = lanes.map(({ pace }, lane) => values[lane]!.im[i]! / (step * pace));
    const reals = lanes.map((_, lane) => values[lane]!.re[i]!);
    const judged = judge(slopes, reals, lanes, step, real);
    return { ...judged, step, order: 2, side: "central" };
  });
}

type Judged = Pick<LineEstimate, "value" | "error" | "status">;

function judge(
  slopes: readonly number[],
  reals: readonly number[],
  lanes: readonly Lane[],
  step: number,
  real: number,
): Judged {
  const none = (status: Status): Judged => ({ value: NaN, error: Infinity, status });
  const [slope, shorter, shortest] = slopes as readonly [number, number, number];
  if (!Number.isFinite(real)) return none("nonFinite");
  if (Number.isNaN(slope) || !Number.isFinite(reals[0]!)) return none("notAnalytic");
  if (!Number.isFinite(slope)) return none("unresolved");
  const rounding = SAFETY * spread(slopes, lanes) + SAFETY * UNIT * Math.abs(slope);
  const change = Math.abs(slope - shorter);
  const further = Math.abs(shorter - shortest);
  const underflow = 2 ** -1070 / step;
  const unseen = rounding + 2 ** -40 * Math.abs(slope) + underflow / lanes[2]!.pace;
  const isConverging = further <= 0.5 * change || further <= unseen;
  if (!isConverging) return none("unresolved");
  let error = rounding + 2 * (change + further) + underflow;
  // Re f(x + ih) = f(x) − h² f″(x)/2 + …: what is left beyond rounding has to vanish with the step, faster than it.
  const tolerance = SAFETY * spread(reals, lanes) + 2 * SAFETY * UNIT * Math.abs(real);
  const left = (lane: number): number => Math.max(0, Math.abs(reals[lane]! - real) - tolerance);
  if (left(0) > 0 && !(left(1) < 0.05 * left(0))) return none("notAnalytic");
  error += (2 * left(0)) / step;
  return error < Infinity ? { value: slope, error, status: "ok" } : none("unresolved");
}

/** How far the perturbed lanes are from the first. */
function spread(values: readonly number[], lanes: readonly Lane[]): number {
  return lanes.reduce(
    (most, { isPerturbed }, lane) =>
      isPerturbed ? Math.max(most, Math.abs(values[lane]! - values[0]!)) : most,
    0,
  );
}
