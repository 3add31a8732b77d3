import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions } from "../../tensor/options.ts";
import { canonicalAxis } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { sub } from "../elementwise/binary.ts";
import type { AlongAxisOptions } from "./along-axis.ts";
import { logsumexp } from "./logsumexp.ts";

/**
 * log softmax along an axis (the last unless given): x - logsumexp(x), without overflow.
 * Throws `ARGUMENT` for an axis that x doesn't have.
 *
 * @example
 * import { logSoftmax, tensor } from "@fluxion/core";
 * logSoftmax(tensor([1000, -Infinity])).toArray(); // => [0,-Infinity]
 */
export function logSoftmax(x: Numeric, options: AlongAxisOptions = {}): Tensor {
  const a = asTensor(x);
  readOptions("logSoftmax", options, "axis");
  const axis = canonicalAxis("logSoftmax", options.axis ?? -1, a.rank);
  return sub(a, logsumexp(a, { axes: axis, keepDims: true }));
}
