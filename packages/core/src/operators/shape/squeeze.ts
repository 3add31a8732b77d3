import { FluxionError } from "../../errors.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions } from "../../tensor/options.ts";
import { canonicalAxes, formatShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { reshape } from "./reshape.ts";

/** Which axes of length 1 go; all of them when not given. */
export interface SqueezeOptions {
  readonly axes?: number | readonly number[];
}

/**
 * x without axes of length 1. Throws `SHAPE_MISMATCH` when a named axis is longer.
 *
 * @example
 * import { squeeze, tensor } from "@fluxion/core";
 * squeeze(tensor([[[1], [2]]])).toArray(); // => [1,2]
 */
export function squeeze(x: Numeric, options: SqueezeOptions = {}): Tensor {
  const a = asTensor(x);
  readOptions("squeeze", options, "axes");
  const axes =
    options.axes === undefined
      ? a.shape.flatMap((length, axis) => (length === 1 ? [axis] : []))
      : canonicalAxes("squeeze", options.axes, a.rank);
  if (axes.some((axis) => a.shape[axis] !== 1))
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `squeeze: the axes [${axes.join(",")}] of the shape ${formatShape(a.shape)} are not all of length 1. Take one entry of a longer axis with slice().`,
    );
  return reshape(
    a,
    a.shape.filter((_, axis) => !axes.includes(axis)),
  );
}
