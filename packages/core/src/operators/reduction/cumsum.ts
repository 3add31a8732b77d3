import { invoke } from "../../dispatch/invoke.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions, readSwitch } from "../../tensor/options.ts";
import { canonicalAxis } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";
import { alongAxis, type AlongAxisOptions } from "./along-axis.ts";

export const cumsumOperator: Operator<"cumsum"> = /* @__PURE__ */ defineOperator("cumsum", {
  shape: ([x]) => x!,
  evaluate: ([x], { axis, reverse }) =>
    alongAxis(x, axis, (out, data, start, length, step) => {
      const first = reverse ? start + (length - 1) * step : start;
      const stride = reverse ? -step : step;
      let total = -0;
      for (let i = 0, at = first; i < length; i++, at += stride) out[at] = total += data[at]!;
    }),
  batch: (_, [x], { axis, reverse }) => invoke(cumsumOperator, [x], { axis: axis + 1, reverse }),
});

/** The axis (the last unless given), and whether sums run from its end. */
export interface CumsumOptions extends AlongAxisOptions {
  readonly reverse?: boolean;
}

/**
 * Running sums along an axis (the last unless given), or from its end with `reverse`.
 * Throws `ARGUMENT` for an axis that x doesn't have.
 *
 * @example
 * import { cumsum, tensor } from "@fluxion/core";
 * cumsum(tensor([1, 2, 3])).toArray(); // => [1,3,6]
 * cumsum(tensor([1, 2, 3]), { reverse: true }).toArray(); // => [6,5,3]
 */
export function cumsum(x: Numeric, options: CumsumOptions = {}): Tensor {
  const a = asTensor(x);
  readOptions("cumsum", options, "axis", "reverse");
  return invoke(cumsumOperator, [a], {
    axis: canonicalAxis("cumsum", options.axis ?? -1, a.rank),
    reverse: readSwitch("cumsum", "reverse", options.reverse),
  });
}
