import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { canonicalAxis } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { reshape } from "./reshape.ts";

/**
 * x with a new axis of length 1 at a place of the result; -1 is the last. Throws `ARGUMENT` for a place outside.
 *
 * @example
 * import { expandDims, tensor } from "@fluxion/core";
 * expandDims(tensor([1, 2]), 0).shape; // => [1,2]
 * expandDims(tensor([1, 2]), -1).shape; // => [2,1]
 */
export function expandDims(x: Numeric, axis: number): Tensor {
  const a = asTensor(x);
  return reshape(a, a.shape.toSpliced(canonicalAxis("expandDims", axis, a.rank + 1), 0, 1));
}
