import type { Numeric } from "../../tensor/numeric.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Operator } from "../operator.ts";
import { reduceWith, reduction, type ReductionOptions } from "./define.ts";

export const logsumexpOperator: Operator<"logsumexp"> = /* @__PURE__ */ reduction(
  "logsumexp",
  "defined",
  (data, start, length, step) => {
    let largest = -Infinity;
    let position = 0;
    for (let i = 0; i < length; i++) {
      const entry = data[start + i * step]!;
      if (Number.isNaN(entry)) return entry;
      if (entry > largest) {
        largest = entry;
        position = i;
      }
    }
    // All -∞ (or nothing) gives -∞, any +∞ gives +∞; the shift would make both NaN.
    if (Math.abs(largest) === Infinity) return largest;
    // The largest contributes exactly 1, and log1p keeps what the others add to it.
    let others = 0;
    for (let i = 0; i < length; i++)
      if (i !== position) others += Math.exp(data[start + i * step]! - largest);
    return largest + Math.log1p(others);
  },
);

/**
 * log Σ eˣ over axes (all unless given), without overflow; -∞ where there are no entries.
 * Throws `ARGUMENT` for an axis that x doesn't have.
 *
 * @example
 * import { logsumexp, tensor } from "@fluxion/core";
 * logsumexp(tensor([1000, -Infinity])).item(); // => 1000
 */
export function logsumexp(x: Numeric, options: ReductionOptions = {}): Tensor {
  return reduceWith(logsumexpOperator, x, options);
}
