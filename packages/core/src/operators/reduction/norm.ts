import type { Numeric } from "../../tensor/numeric.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Operator } from "../operator.ts";
import { reduceWith, reduction, type ReductionOptions } from "./define.ts";

/** Sums of squares between these neither overflowed nor lost entries to underflow. */
const SMALLEST_SAFE = 1e-280;
const LARGEST_SAFE = 1e300;

export const normOperator: Operator<"norm"> = /* @__PURE__ */ reduction("norm", (data, start, length, step) => {
  let squares = 0;
  for (let i = 0; i < length; i++) squares += data[start + i * step]! * data[start + i * step]!;
  return squares > SMALLEST_SAFE && squares < LARGEST_SAFE ? Math.sqrt(squares) : scaledNorm(data, start, length, step);
});

/** The same with entries divided by the largest one. */
function scaledNorm(data: Float64Array, start: number, length: number, step: number): number {
  let largest = 0;
  for (let i = 0; i < length; i++) largest = Math.max(largest, Math.abs(data[start + i * step]!));
  if (largest === 0 || largest === Infinity || Number.isNaN(largest)) return largest;
  let squares = 0;
  for (let i = 0; i < length; i++) squares += (data[start + i * step]! / largest) ** 2;
  return largest * Math.sqrt(squares);
}

/**
 * The Euclidean norm √Σx² over axes (all unless given: the Frobenius norm of a matrix), without overflow or underflow.
 * Its derivative at the origin is 0. Throws `ARGUMENT`.
 *
 * @example
 * import { norm, tensor } from "@fluxion/core";
 * norm(tensor([3e200, 4e200])).item(); // => 5e+200
 */
export function norm(x: Numeric, options: ReductionOptions = {}): Tensor {
  return reduceWith(normOperator, x, options);
}
