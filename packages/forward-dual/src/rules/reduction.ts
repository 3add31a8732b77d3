import {
  cumsum, div, equal, exp, reshape, strongMul, sub, sum, type Attributes, type Tensor,
} from "@fluxion/core"; // prettier-ignore
import { positive } from "./positive.ts";
import type { JvpRules } from "./rule.ts";

export const reductionRules: JvpRules<
  "sum" | "max" | "min" | "logsumexp" | "norm" | "cumsum" | "softmax" | "argmax"
> = {
  sum: [(t, { attributes }) => sum(t, attributes)],
  max: [
    (t, { inputs: [x], output, attributes }) =>
      sum(strongMul(t, shareOfTies(x, output, attributes)), attributes),
  ],
  min: [
    (t, { inputs: [x], output, attributes }) =>
      sum(strongMul(t, shareOfTies(x, output, attributes)), attributes),
  ],
  // (log Σ eˣ)' = Σ eˣ⁻ʸ t / Σ eˣ⁻ʸ; the divisor is 1 but for the rounding of a large y, which it takes out
  logsumexp: [
    (t, { inputs: [x], output, attributes }) => {
      const weights = exp(sub(x, keepAxes(output, x, attributes)));
      const total = sum(weights, { axes: attributes.axes, keepDims: true });
      return sum(strongMul(t, div(weights, total)), attributes);
    },
  ],
  // ‖x‖' = Σ x t / ‖x‖, 0 at the origin
  norm: [
    (t, { inputs: [x], output, attributes }) =>
      sum(strongMul(t, div(x, keepAxes(positive(output), x, attributes))), attributes),
  ],
  cumsum: [(t, { attributes }) => cumsum(t, attributes)],
  // y' = y (t - ⟨y, t⟩)
  softmax: [
    (t, { output, attributes: { axis } }) =>
      strongMul(output, sub(t, sum(strongMul(output, t), { axes: axis, keepDims: true }))),
  ],
  argmax: [null],
};

type Reduction = Attributes<"sum">;

/** The output of a reduction with its reduced axes kept at length 1, so that it broadcasts against the operand. */
function keepAxes(output: Tensor, x: Tensor, { axes }: Reduction): Tensor {
  return reshape(
    output,
    x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length)),
  );
}

/** Equal shares for the entries that attain the extremum, 0 for the others. */
function shareOfTies(x: Tensor, output: Tensor, attributes: Reduction): Tensor {
  const attained = equal(x, keepAxes(output, x, attributes));
  return div(attained, sum(attained, { axes: attributes.axes, keepDims: true }));
}
