import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { found, given } from "../../tensor/found.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions } from "../../tensor/options.ts";
import { canonicalAxis, formatShape, type Shape, sizeOf } from "../../tensor/shape.ts";
import { concrete, isTensor, type Tensor } from "../../tensor/tensor.ts";
import { type Attributes, defineOperator, type Operator } from "../operator.ts";
import type { AxisOptions } from "./concatenate.ts";

export const takeOperator: Operator<"take"> = /* @__PURE__ */ defineOperator("take", {
  shape: ([x], attributes) => takenShape(x!, attributes),
  evaluate: ([x], { axis, indices }) => {
    const shape = takenShape(x.shape, { axis, indices });
    const out = allocateShape(shape);
    const inner = sizeOf(x.shape.slice(axis + 1));
    const block = x.shape[axis]! * inner;
    for (let to = 0, from = 0; to < out.length; from += block)
      for (const index of indices)
        for (let p = from + index * inner, end = p + inner; p < end; p++) out[to++] = x.store![p]!;
    return concrete(out, shape);
  },
  batch: (_, [x], { axis, indices }) => invoke(takeOperator, [x], { axis: axis + 1, indices }),
});

function takenShape(x: Shape, { axis, indices }: Attributes<"take">): Shape {
  const length = x[canonicalAxis("take", axis, x.length)]!;
  checkIndices("take", indices, length);
  return x.with(axis, indices.length);
}

/** Throws `ARGUMENT` unless every index is an integer from 0 up to the length of the axis, not included. */
export function checkIndices(asked: string, indices: readonly number[], length: number): void {
  for (const index of indices)
    if (!Number.isInteger(index) || index < 0 || index >= length)
      throw new FluxionError(
        "ARGUMENT",
        `${asked}: there is no index ${given(index)} in an axis of length ${length}.`,
      );
}

/** Integer positions along an axis; a tensor must be concrete and of rank 1. Negative ones count from the end. */
export type Indices = readonly number[] | Tensor;

/** Indices as users give them, made non-negative. Throws `ARGUMENT`, and `NOT_CONCRETE` for traced ones. */
export function canonicalIndices(asked: string, indices: Indices, length: number): readonly number[] {
  if (isTensor(indices) ? indices.rank !== 1 : !Array.isArray(indices))
    throw new FluxionError(
      "ARGUMENT",
      `${asked} takes the indices as an array of integers or as a vector; found ${isTensor(indices) ? `a tensor of shape ${formatShape(indices.shape)}` : found(indices)}.`,
    );
  // Array.from, so that the holes of a sparse array are seen and refused.
  const canonical = Array.from(isTensor(indices) ? indices.data : indices, (index) =>
    typeof index === "number" && index < 0 ? index + length : index,
  );
  checkIndices(asked, canonical, length);
  return canonical;
}

/**
 * Entries of x at integer positions along an axis (by default the first), in the order given; positions may repeat.
 * Negative ones count from the end. Throws `ARGUMENT` for positions outside the axis.
 *
 * @example
 * import { take, tensor } from "@fluxion/core";
 * take(tensor([10, 20, 30]), [2, 0, 2]).toArray(); // => [30,10,30]
 */
export function take(x: Numeric, indices: Indices, options: AxisOptions = {}): Tensor {
  const a = asTensor(x);
  readOptions("take", options, "axis");
  const axis = canonicalAxis("take", options.axis ?? 0, a.rank);
  return invoke(takeOperator, [a], { axis, indices: canonicalIndices("take", indices, a.shape[axis]!) });
}
