import type { Numeric } from "../../tensor/numeric.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Operator } from "../operator.ts";
import { reduceWith, reduction, type ReductionOptions } from "./define.ts";
import { pairwiseSquares } from "./pairwise.ts";

/** Sums of squares between these neither overflowed nor lost entries to underflow. */
const SMALLEST_SAFE = 1e-280;
const LARGEST_SAFE = 1e300;

/** A power of two that brings entries whose squares are not safe to where they are. */
const SCALE = 2 ** 600;

export const normOperator: Operator<"norm"> = /* @__PURE__ */ reduction(
  "norm",
  "defined",
  (data, start, length, step) => {
    const squares = pairwiseSquares(data, start, length, step, 1);
    if (squares > SMALLEST_SAFE && squares < LARGEST_SAFE) return Math.sqrt(squares);
    let largest = 0;
    for (let i = 0; i < length; i++) largest = Math.max(largest, Math.abs(data[start + i * step]!));
    if (largest === 0 || !Number.isFinite(largest)) return largest;
    const scale = largest < 1 ? SCALE : 1 / SCALE;
    return Math.sqrt(pairwiseSquares(data, start, length, step, scale)) / scale;
  },
);

/**
 * The Euclidean norm √Σx² over axes (all unless given: the Frobenius norm of a matrix), without overflow or underflow;
 * 0 where there are no entries. Its derivative at the origin is 0. Throws `ARGUMENT` for an axis that x doesn't have.
 *
 * @example
 * import { norm, tensor } from "@fluxion/core";
 * norm(tensor([3, 4])).item(); // => 5
 * norm(tensor([[1e300], [0]]), { axes: 0 }).toArray(); // => [1e+300]
 */
export function norm(x: Numeric, options: ReductionOptions = {}): Tensor {
  return reduceWith(normOperator, x, options);
}
