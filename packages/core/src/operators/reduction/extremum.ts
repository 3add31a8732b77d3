import type { Numeric } from "../../tensor/numeric.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Operator } from "../operator.ts";
import { reduceWith, reduction, type ReductionOptions } from "./define.ts";

export const maxOperator: Operator<"max"> = /* @__PURE__ */ reduction(
  "max",
  "undefined",
  (data, start, length, step) => {
    let best = data[start]!;
    for (let i = 1; i < length; i++) best = Math.max(best, data[start + i * step]!);
    return best;
  },
);

export const minOperator: Operator<"min"> = /* @__PURE__ */ reduction(
  "min",
  "undefined",
  (data, start, length, step) => {
    let best = data[start]!;
    for (let i = 1; i < length; i++) best = Math.min(best, data[start + i * step]!);
    return best;
  },
);

/**
 * The largest entry over axes (all unless given); NaN if any is. Ties share the derivative evenly.
 * Throws `DOMAIN` where there are no entries, `ARGUMENT` for an axis that x doesn't have.
 *
 * @example
 * import { max, tensor } from "@fluxion/core";
 * max(tensor([3, 1, 2])).item(); // => 3
 */
export function max(x: Numeric, options: ReductionOptions = {}): Tensor {
  return reduceWith(maxOperator, x, options);
}

/**
 * The smallest entry over axes (all unless given); NaN if any is. Ties share the derivative evenly.
 * Throws `DOMAIN` where there are no entries, `ARGUMENT` for an axis that x doesn't have.
 *
 * @example
 * import { min, tensor } from "@fluxion/core";
 * min(tensor([3, 1, 2])).item(); // => 1
 */
export function min(x: Numeric, options: ReductionOptions = {}): Tensor {
  return reduceWith(minOperator, x, options);
}
