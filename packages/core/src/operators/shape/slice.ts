import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { found, given } from "../../tensor/found.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { formatShape, sameShape, type Shape, stridesOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { type Attributes, defineOperator, type Operator } from "../operator.ts";
import { flip } from "./flip.ts";
import { reshape } from "./reshape.ts";
import { copyStrided } from "./strided.ts";

export const sliceOperator: Operator<"slice"> = /* @__PURE__ */ defineOperator("slice", {
  shape: ([x], attributes) => slicedShape(x!, attributes),
  evaluate: ([x], attributes) => {
    const shape = slicedShape(x.shape, attributes);
    if (x.store === null) return x;
    const out = allocateShape(shape);
    const strides = stridesOf(x.shape);
    copyStrided(
      shape,
      {
        data: x.store,
        offset: attributes.starts.reduce((offset, start, axis) => offset + start * strides[axis]!, 0),
        strides: attributes.steps.map((step, axis) => step * strides[axis]!),
      },
      { data: out, offset: 0, strides: stridesOf(shape) },
    );
    return concrete(out, shape);
  },
  batch: ({ size }, [x], { starts, stops, steps }) =>
    invoke(sliceOperator, [x], { starts: [0, ...starts], stops: [size, ...stops], steps: [1, ...steps] }),
});

function slicedShape(x: Shape, { starts, stops, steps }: Attributes<"slice">): Shape {
  const fits =
    [starts, stops, steps].every((list) => list.length === x.length && list.every(Number.isInteger)) &&
    x.every(
      (length, axis) =>
        0 <= starts[axis]! && starts[axis]! <= stops[axis]! && stops[axis]! <= length && steps[axis]! > 0,
    );
  if (!fits)
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `slice: starts [${starts.join(",")}], stops [${stops.join(",")}] and steps [${steps.join(",")}] don't cut the shape ${formatShape(x)}. ` +
        "Each axis needs 0 ≤ start ≤ stop ≤ length and a positive step; the function slice() makes them from ranges like Python's.",
    );
  return starts.map((start, axis) => Math.ceil((stops[axis]! - start) / steps[axis]!));
}

/** One end of a range; undefined and null stand for the end of the axis in question. */
type End = number | null | undefined;

/**
 * What is kept of an axis: `[start, stop, step]` as in Python (stop excluded, negative positions count from the end), an
 * index (the axis goes away), or null for all of it.
 */
export type Range = number | null | readonly [start?: End, stop?: End, step?: End];

/**
 * A part of x, one range for each axis; axes without a range are kept whole. `slice(x, [[1, 4], [, , -1], 2])` is
 * Python's `x[1:4, ::-1, 2]`. Throws `ARGUMENT` for more ranges than axes, a zero step, or an index outside its axis.
 *
 * @example
 * import { slice, tensor } from "@fluxion/core";
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * slice(x, [[0, 1]]).toArray(); // => [[1,2,3]]
 * slice(x, [-1]).toArray(); // => [4,5,6]
 * slice(x, [null, [, , -2]]).toArray(); // => [[3,1],[6,4]]
 */
export function slice(x: Numeric, ranges: readonly Range[]): Tensor {
  const a = asTensor(x);
  if (!Array.isArray(ranges) || ranges.length > a.rank)
    throw new FluxionError(
      "ARGUMENT",
      `slice takes an array with at most one range for each of the ${a.rank} axes of the shape ${formatShape(a.shape)}, ` +
        `as in slice(x, [[0, 2]]); found ${Array.isArray(ranges) ? `${ranges.length} of them` : found(ranges)}.`,
    );
  const spans = a.shape.map((length, axis) => spanOf((ranges as readonly Range[])[axis] ?? [], length, axis));
  const attributes = {
    starts: spans.map(({ start }) => start),
    stops: spans.map(({ start, step, count }) => (count === 0 ? start : start + (count - 1) * step + 1)),
    steps: spans.map(({ step }) => step),
  };
  const shape = spans.map(({ count }) => count);
  const part = sameShape(shape, a.shape) ? a : invoke(sliceOperator, [a], attributes);
  const turned = flip(part, { axes: axesWhere(spans, ({ reversed }) => reversed) });
  return reshape(
    turned,
    shape.filter((_, axis) => typeof ranges[axis] !== "number"),
  );
}

/** The positions start, start + step, … (count of them, step > 0), read from the last one if reversed. */
interface Span {
  readonly start: number;
  readonly step: number;
  readonly count: number;
  readonly reversed: boolean;
}

function axesWhere(spans: readonly Span[], test: (span: Span) => boolean): readonly number[] {
  return spans.flatMap((span, axis) => (test(span) ? [axis] : []));
}

function spanOf(range: Range, length: number, axis: number): Span {
  if (typeof range === "number") {
    const index = range < 0 ? range + length : range;
    if (!Number.isInteger(range) || index < 0 || index >= length)
      throw new FluxionError(
        "ARGUMENT",
        `slice: there is no index ${range} in axis ${axis}, which has the length ${length}.`,
      );
    return { start: index, step: 1, count: 1, reversed: false };
  }
  const [first, end, by] =
    Array.isArray(range) && range.length <= 3 ? (range as Exclude<Range, number | null>) : [Number.NaN];
  const step = by ?? 1;
  if (![first ?? 0, end ?? 0, step].every(Number.isInteger) || step === 0)
    throw new FluxionError(
      "ARGUMENT",
      `slice: ${Array.isArray(range) ? `[${Array.from(range as readonly unknown[], given).join(",")}]` : found(range)} is not a range for axis ${axis}. Give an index or [start, stop, step]: integers, the step not 0; null leaves an end open.`,
    );
  const reversed = step < 0;
  const clamp = (position: number): number =>
    Math.min(
      Math.max(position < 0 ? position + length : position, reversed ? -1 : 0),
      reversed ? length - 1 : length,
    );
  const start = first == null ? (reversed ? length - 1 : 0) : clamp(first);
  const stop = end == null ? (reversed ? -1 : length) : clamp(end);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (count === 0) return { start: 0, step: 1, count, reversed: false };
  return reversed
    ? { start: start + (count - 1) * step, step: -step, count, reversed }
    : { start, step, count, reversed };
}
