import { permute } from "../shape/permute.ts";
import { reducedShape, type Shape, sizeOf } from "../../tensor/shape.ts";
import { type Tensor } from "../../tensor/tensor.ts";
import type { Attributes } from "../operator.ts";

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
  const shape = reducedShape(x.shape, axes, keepDims);
  if (x.store === null) return { data: Float64Array.of(x.value), outer: 1, length: 1, inner: 1, shape };
  const first = axes[0] ?? 0;
  const areNeighbours = axes.every((axis, i) => axis === first + i);
  if (areNeighbours)
    return {
      data: x.store,
      outer: sizeOf(x.shape.slice(0, first)),
      length: sizeOf(x.shape.slice(first, first + axes.length)),
      inner: sizeOf(x.shape.slice(first + axes.length)),
      shape,
    };
  const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const moved = permute(x, [...kept, ...axes]);
  return { data: moved.store!, outer: sizeOf(moved.shape.slice(0, kept.length)), length: sizeOf(moved.shape.slice(kept.length)), inner: 1, shape };
}
