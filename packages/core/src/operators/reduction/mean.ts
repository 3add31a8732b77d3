import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions } from "../../tensor/options.ts";
import { canonicalAxes, type Shape, sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { div } from "../elementwise/binary.ts";
import type { ReductionOptions } from "./define.ts";
import { sum } from "./sum.ts";

/**
 * The mean of entries over axes (all unless given); NaN where there are none.
 * Throws `ARGUMENT` for an axis that x doesn't have.
 *
 * @example
 * import { mean, tensor } from "@fluxion/core";
 * mean(tensor([1, 2, 6])).item(); // => 3
 */
export function mean(x: Numeric, options: ReductionOptions = {}): Tensor {
  const a = asTensor(x);
  readOptions("mean", options, "axes", "keepDims");
  const count = countOf("mean", a.shape, options.axes);
  return div(sum(a, options), count);
}

/** How many entries each result comes from. */
export function countOf(asked: string, shape: Shape, axes: number | readonly number[] | undefined): number {
  return sizeOf(canonicalAxes(asked, axes, shape.length).map((axis) => shape[axis]!));
}
