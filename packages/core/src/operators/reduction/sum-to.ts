import { FluxionError } from "../../errors.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { broadcastShapes, checkShape, formatShape, sameShape, type Shape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { reshape } from "../shape/reshape.ts";
import { sum } from "./sum.ts";

/**
 * x summed over the axes along which a tensor of this shape stretches to the shape of x: what `broadcastTo` does,
 * transposed. Throws `SHAPE_MISMATCH` when it doesn't stretch to it.
 *
 * @example
 * import { sumTo, tensor } from "@fluxion/core";
 * sumTo(tensor([[1, 2], [3, 4]]), [2]).toArray(); // => [4,6]
 */
export function sumTo(x: Numeric, shape: Shape): Tensor {
  const a = asTensor(x);
  if (Array.isArray(shape) && sameShape(a.shape, shape)) return a;
  checkShape("sumTo", shape);
  if (!sameShape(broadcastShapes("sumTo", a.shape, shape), a.shape))
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `sumTo: the shape ${formatShape(shape)} does not stretch to ${formatShape(a.shape)}, so there is nothing to sum back. Give the shape before the broadcast.`,
    );
  const added = a.shape.length - shape.length;
  const stretched = a.shape.flatMap((length, axis) =>
    axis < added || (shape[axis - added] === 1 && length !== 1) ? [axis] : [],
  );
  return reshape(sum(a, { axes: stretched }), shape);
}
