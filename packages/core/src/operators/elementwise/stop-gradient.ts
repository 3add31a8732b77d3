import { invoke } from "../../dispatch/invoke.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { NO_ATTRIBUTES, defineOperator, type Operator } from "../operator.ts";

export const stopGradientOperator: Operator<"stopGradient"> = /* @__PURE__ */ defineOperator("stopGradient", {
  shape: ([x]) => x!,
  evaluate: ([x]) => x,
  batch: (_, [x]) => stopGradient(x),
});

/**
 * x itself, treated as a constant by every exact strategy: its derivative is 0. numeric-fd, which sees only values,
 * can't know of it.
 *
 * @example
 * import { stopGradient } from "@fluxion/core";
 * stopGradient(3).item(); // => 3
 */
export function stopGradient(x: Numeric): Tensor {
  return invoke(stopGradientOperator, [asTensor(x)], NO_ATTRIBUTES);
}
