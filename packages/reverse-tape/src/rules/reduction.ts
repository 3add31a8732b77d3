import { broadcastTo, cumsum, div, equal, exp, reshape, strongMul, sub, sum, where, type Attributes, type Shape, type Tensor } from "@fluxion/core"; // prettier-ignore
import type { VjpRules } from "./rule.ts";

export const reductionRules: VjpRules<
  "sum" | "max" | "min" | "logsumexp" | "norm" | "cumsum" | "softmax" | "argmax"
> = {
  sum: {
    keeps: "nothing",
    pullback: [(g, { shapes: [x], attributes }) => broadcastTo(withAxes(g, x!, attributes), x!)],
  },
  max: {
    keeps: "both",
    pullback: [(g, { inputs: [x], output, attributes }) => amongAttained(g, x, output, attributes)],
  },
  min: {
    keeps: "both",
    pullback: [(g, { inputs: [x], output, attributes }) => amongAttained(g, x, output, attributes)],
  },
  // ∂/∂xᵢ log Σ eˣ = eˣⁱ⁻ʸ, normalised again because y was rounded
  logsumexp: {
    keeps: "both",
    pullback: [
      (g, { inputs: [x], output, attributes }) =>
        strongMul(withAxes(g, x.shape, attributes), exponentialShares(x, output, attributes)),
    ],
  },
  // ∂‖x‖/∂xᵢ = xᵢ/‖x‖, 0 at the origin
  norm: {
    keeps: "both",
    pullback: [
      (g, { inputs: [x], output, attributes }) =>
        strongMul(
          withAxes(g, x.shape, attributes),
          div(x, withAxes(where(equal(output, 0), Number.MIN_VALUE, output), x.shape, attributes)), // 0/0 is 0
        ),
    ],
  },
  // The transpose of a running sum is the running sum from the other end.
  cumsum: {
    keeps: "nothing",
    pullback: [(g, { attributes: { axis, reverse } }) => cumsum(g, { axis, reverse: !reverse })],
  },
  // yᵢ (gᵢ - Σ gⱼ yⱼ)
  softmax: {
    keeps: "output",
    pullback: [
      (g, { output, attributes: { axis } }) =>
        strongMul(sub(g, sum(strongMul(g, output), { axes: axis, keepDims: true })), output),
    ],
  },
  argmax: { keeps: "nothing", pullback: [null] },
};

/** A reduced tensor with its reduced axes back, at length 1. */
function withAxes(reduced: Tensor, x: Shape, { axes }: Attributes<"sum">): Tensor {
  return reshape(
    reduced,
    x.map((length, axis) => (axes.includes(axis) ? 1 : length)),
  );
}

/** The cotangent of an extremum, shared evenly by the entries that attain it. */
function amongAttained(g: Tensor, x: Tensor, output: Tensor, attributes: Attributes<"max">): Tensor {
  const attained = equal(x, withAxes(output, x.shape, attributes));
  const count = sum(attained, { axes: attributes.axes, keepDims: true });
  return strongMul(div(attained, count), withAxes(g, x.shape, attributes));
}

/** Each entry's share of Σ eˣ. */
function exponentialShares(x: Tensor, output: Tensor, attributes: Attributes<"logsumexp">): Tensor {
  const shares = exp(sub(x, withAxes(output, x.shape, attributes)));
  return div(shares, sum(shares, { axes: attributes.axes, keepDims: true }));
}
