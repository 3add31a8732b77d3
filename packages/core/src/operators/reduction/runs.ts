import { FluxionError } from "../../errors.ts";
import { formatShape, reducedShape, type Shape, sizeOf } from "../../tensor/shape.ts";
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
  const shape = reducedShape(x.shape, axes, keepDims);
  if (x.store === null) return { data: Float64Array.of(x.value), outer: 1, length: 1, inner: 1, shape };
  const first = axes[0] ?? x.rank;
  if (axes.every((axis, i) => axis === first + i)) return { ...splitAt(x, first, axes.length), shape };
  const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  return { ...splitAt(permute(x, [...kept, ...axes]), kept.length, axes.length), shape };
}

function splitAt(x: Tensor, first: number, count: number): Omit<Runs, "shape"> {
  return {
    data: x.store!,
    outer: sizeOf(x.shape.slice(0, first)),
    length: sizeOf(x.shape.slice(first, first + count)),
    inner: sizeOf(x.shape.slice(first + count)),
  };
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
