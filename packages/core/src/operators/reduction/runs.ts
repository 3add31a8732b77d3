import { FluxionError } from "../../errors.ts";
import { formatShape, reducedShape, SCALAR_SHAPE, type Shape, sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Attributes } from "../operator.ts";
import { permute } from "../shape/permute.ts";

/** A reduction as runs of entries: entry i of run (o, p) lies at `(o·length + i)·inner + p`. */
export interface Runs {
  readonly data: Float64Array;
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
  /** The result's shape. */
  readonly shape: Shape;
}

/** The runs that a reduction reduces. Axes that are not neighbours are first brought behind the others. */
export function runsOf(x: Tensor, { axes, keepDims }: Attributes<"sum">): Runs {
  const rank = x.shape.length;
  const shape = axes.length === rank && !keepDims ? SCALAR_SHAPE : reducedShape(x.shape, axes, keepDims);
  if (x.store === null) return { data: Float64Array.of(x.value), outer: 1, length: 1, inner: 1, shape };
  const first = axes[0] ?? rank;
  if (axes.length === 0 || axes[axes.length - 1]! - first === axes.length - 1)
    return runsFrom(x, first, first + axes.length, shape);
  const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  return runsFrom(permute(x, [...kept, ...axes]), kept.length, rank, shape);
}

/** The runs along the axes from `first` to `end`. */
function runsFrom(x: Tensor, first: number, end: number, shape: Shape): Runs {
  return {
    data: x.store!,
    outer: sizeOfAxes(x.shape, 0, first),
    length: sizeOfAxes(x.shape, first, end),
    inner: sizeOfAxes(x.shape, end, x.shape.length),
    shape,
  };
}

function sizeOfAxes(shape: Shape, first: number, end: number): number {
  let size = 1;
  for (let axis = first; axis < end; axis++) size *= shape[axis]!;
  return size;
}

/** Throws `DOMAIN` when a result would have to come from no entries. */
export function checkEntries(asked: string, x: Shape, axes: readonly number[]): void {
  if (axes.some((axis) => x[axis] === 0) && sizeOf(reducedShape(x, axes, false)) > 0)
    throw new FluxionError(
      "DOMAIN",
      `${asked}: the shape ${formatShape(x)} has no entries along the axes [${axes.join(",")}], and there is no ${asked} of nothing. ` +
        "Reduce over axes that have at least one entry.",
    );
}
