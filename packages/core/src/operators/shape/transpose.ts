import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { allAxes } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { permute } from "./permute.ts";

/**
 * x with its axes reversed, as NumPy does: a matrix is transposed, a vector and a scalar stay what they are. With
 * `axes`, in the order given, as `permute`. For a stack of matrices swap the last two axes: `transpose(x, [0, 2, 1])`;
 * `matmul` transposes its operands itself, and copies nothing. Throws `ARGUMENT` unless every axis is named once.
 *
 * @example
 * import { tensor, transpose } from "@fluxion/core";
 * transpose(tensor([[1, 2, 3], [4, 5, 6]])).toArray(); // => [[1,4],[2,5],[3,6]]
 */
export function transpose(x: Numeric, axes?: readonly number[]): Tensor {
  const a = asTensor(x);
  return permute(a, axes ?? allAxes(a.rank).toReversed());
}
