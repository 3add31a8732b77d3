import type { Numeric } from "../../tensor/numeric.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Operator } from "../operator.ts";
import { reduceWith, reduction, type ReductionOptions } from "./define.ts";

export const logsumexpOperator: Operator<"logsumexp"> = /* @__PURE__ */ reduction("logsumexp", (data, start, length, step) => {
  let largest = -Infinity;
  for (let i = 0; i < length; i++) largest = Math.max(largest, data[start + i * step]!);
  // All -∞ (or nothing) gives -∞, any +∞ gives +∞; the shift would make both NaN.
  if (Math.abs(largest) === Infinity) return largest;
  let total = 0;
  for (let i = 0; i < length; i++) total += Math.exp(data[start + i * step]! - largest);
  return largest + Math.log(total);
});

/**
 * log Σ eˣ over axes (all unless given), without overflow; -∞ where there are no entries. Throws `ARGUMENT`.
 *
 * @example
 * import { logsumexp, tensor } from "@fluxion/core";
 * logsumexp(tensor([1000, -Infinity])).item(); // => 1000
 */
export function logsumexp(x: Numeric, options: ReductionOptions = {}): Tensor {
  return reduceWith(logsumexpOperator, x, options);
}
