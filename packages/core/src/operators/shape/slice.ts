import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { formatShape, type Shape, sizeOf, stridesOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { type Attributes, defineOperator, type Operator } from "../operator.ts";
import { flip } from "./flip.ts";
import { gather } from "./gather.ts";
import { reshape } from "./reshape.ts";

export const sliceOperator: Operator<"slice"> = /* @__PURE__ */ defineOperator("slice", {
  shape: ([x], attributes) => slicedShape(x!, attributes),
  evaluate: ([x], attributes) => {
    if (x.store === null) return x;
    const shape = slicedShape(x.shape, attributes);
    const strides = stridesOf(x.shape);
    const out = allocate(sizeOf(shape));
    const offset = attributes.starts.reduce((sum, start, axis) => sum + start * strides[axis]!, 0);
    gather(
      out,
      shape,
      x.store,
      offset,
      strides.map((stride, axis) => stride * attributes.steps[axis]!),
    );
    return concrete(out, shape);
  },
  batch: ({ size }, [x], { starts, stops, steps }) =>
    invoke(sliceOperator, [x], { starts: [0, ...starts], stops: [size, ...stops], steps: [1, ...steps] }),
});

function slicedShape(shape: Shape, { starts, stops, steps }: Attributes<"slice">): Shape {
  return shape.map((_, axis) => Math.max(0, Math.ceil((stops[axis]! - starts[axis]!) / steps[axis]!)));
}

/**
 * What of an axis is taken: `[start, stop, step]` as in Python (stop excluded, negative counts from the end, undefined
 * for the end in question), an index (the axis goes away), or null for all of it.
 */
export type Range = null | number | readonly [start?: number, stop?: number, step?: number];

/**
 * A part of a tensor, one range for each axis; axes without a range are taken whole.
 * Throws `ARGUMENT` for more ranges than axes, a zero step, or an index outside its axis.
 *
 * @example
 * import { arange, slice } from "@fluxion/core";
 * slice(arange(10), [[2, 8, 3]]).toArray(); // => [2,5]
 * slice(arange(10), [[, , -4]]).toArray(); // => [9,5,1]
 */
export function slice(x: Numeric, ranges: readonly Range[]): Tensor {
  const a = asTensor(x);
  if (ranges.length > a.rank)
    throw new FluxionError("ARGUMENT", `slice: ${ranges.length} ranges for a tensor of shape ${formatShape(a.shape)}. Give at most one for each axis.`);
  const whole = a.shape.map((length, axis) => canonicalRange(ranges[axis] ?? null, length, axis));
  const attributes = {
    starts: whole.map((range) => range.start),
    stops: whole.map((range) => range.stop),
    steps: whole.map((range) => range.step),
  };
  const isWhole = whole.every(({ start, stop, step }, axis) => start === 0 && step === 1 && stop === a.shape[axis]);
  const part = isWhole ? a : invoke(sliceOperator, [a], attributes);
  const flipped = whole.flatMap(({ backwards }, axis) => (backwards ? [axis] : []));
  const ordered = flipped.length > 0 ? flip(part, { axes: flipped }) : part;
  const dropped = ranges.some((range) => typeof range === "number");
  return dropped
    ? reshape(
        ordered,
        ordered.shape.filter((_, axis) => typeof ranges[axis] !== "number"),
      )
    : ordered;
}

interface CanonicalRange {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  /** The entries are taken in ascending order and flipped afterwards. */
  readonly backwards: boolean;
}

function canonicalRange(range: Range, length: number, axis: number): CanonicalRange {
  if (range === null) return { start: 0, stop: length, step: 1, backwards: false };
  if (typeof range === "number") {
    const index = range < 0 ? range + length : range;
    if (!Number.isInteger(range) || index < 0 || index >= length)
      throw new FluxionError("ARGUMENT", `slice: index ${range} is outside axis ${axis} of length ${length}. Indices run from ${-length} to ${length - 1}.`);
    return { start: index, stop: index + 1, step: 1, backwards: false };
  }
  const [start, stop, step = 1] = range;
  if (!Number.isInteger(step) || step === 0) throw new FluxionError("ARGUMENT", `slice: the step ${step} of axis ${axis} is not an integer other than 0.`);
  const clamp = (index: number, low: number, high: number): number => Math.min(high, Math.max(low, index < 0 ? index + length : index));
  if (step > 0) {
    const from = start === undefined ? 0 : clamp(start, 0, length);
    return { start: from, stop: Math.max(from, stop === undefined ? length : clamp(stop, 0, length)), step, backwards: false };
  }
  const from = start === undefined ? length - 1 : clamp(start, -1, length - 1);
  const to = stop === undefined ? -1 : clamp(stop, -1, length - 1);
  const count = Math.max(0, Math.ceil((from - to) / -step));
  const lowest = count === 0 ? 0 : from + (count - 1) * step;
  return { start: lowest, stop: count === 0 ? 0 : from + 1, step: -step, backwards: true };
}
