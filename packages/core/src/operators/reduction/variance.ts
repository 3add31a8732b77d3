import { FluxionError } from "../../errors.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { found } from "../../tensor/found.ts";
import { readOptions } from "../../tensor/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { square } from "../elementwise/arithmetic.ts";
import { div, sub } from "../elementwise/binary.ts";
import type { ReductionOptions } from "./define.ts";
import { countOf, mean } from "./mean.ts";
import { sum } from "./sum.ts";

/** Which axes are reduced, and what is subtracted from the number of entries: 0 unless given, 1 for the unbiased estimate. */
export interface VarianceOptions extends ReductionOptions {
  readonly correction?: number;
}

/**
 * The variance of n entries over axes (all unless given): the sum of their squared deviations from the mean, divided by
 * n - correction. NaN where there are none. Throws `ARGUMENT` for an axis that x doesn't have.
 *
 * @example
 * import { tensor, variance } from "@fluxion/core";
 * variance(tensor([1, 3])).item(); // => 1
 * variance(tensor([1, 3]), { correction: 1 }).item(); // => 2
 */
export function variance(x: Numeric, options: VarianceOptions = {}): Tensor {
  const a = asTensor(x);
  readOptions("variance", options, "axes", "keepDims", "correction");
  const { correction = 0, ...reduction } = options;
  if (typeof correction !== "number")
    throw new FluxionError(
      "ARGUMENT",
      `variance: correction is the number subtracted from the number of entries, 0 or 1; found ${found(correction)}.`,
    );
  const count = countOf("variance", a.shape, options.axes);
  const deviations = sub(a, mean(a, { ...reduction, keepDims: true }));
  return div(sum(square(deviations), reduction), count - correction);
}
