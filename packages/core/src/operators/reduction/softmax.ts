import { invoke } from "../../dispatch/invoke.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions } from "../../tensor/options.ts";
import { canonicalAxis } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";
import { alongAxis, type AlongAxisOptions } from "./along-axis.ts";

export const softmaxOperator: Operator<"softmax"> = /* @__PURE__ */ defineOperator("softmax", {
  shape: ([x]) => x!,
  evaluate: ([x], { axis }) =>
    alongAxis(x, axis, (out, data, start, length, step) => {
      let largest = -Infinity;
      for (let i = 0; i < length; i++) largest = Math.max(largest, data[start + i * step]!);
      let total = 0;
      for (let i = 0; i < length; i++)
        total += out[start + i * step] = Math.exp(data[start + i * step]! - largest);
      for (let i = 0; i < length; i++) out[start + i * step]! /= total;
    }),
  batch: (_, [x], { axis }) => invoke(softmaxOperator, [x], { axis: axis + 1 }),
});

/**
 * eˣ / Σ eˣ along an axis (the last unless given), without overflow; NaN where the largest entry is infinite.
 * Throws `ARGUMENT` for an axis that x doesn't have.
 *
 * @example
 * import { softmax, tensor } from "@fluxion/core";
 * softmax(tensor([1000, 1000])).toArray(); // => [0.5,0.5]
 */
export function softmax(x: Numeric, options: AlongAxisOptions = {}): Tensor {
  const a = asTensor(x);
  readOptions("softmax", options, "axis");
  return invoke(softmaxOperator, [a], { axis: canonicalAxis("softmax", options.axis ?? -1, a.rank) });
}
