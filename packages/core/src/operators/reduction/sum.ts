import { invoke } from "../../dispatch/invoke.ts";
import { allocate } from "../../tensor/allocate.ts";
import type { Numeric } from "../../tensor/numeric.ts";
import { reducedShape } from "../../tensor/shape.ts";
import { concrete, scalar, type Tensor } from "../../tensor/tensor.ts";
import { type Attributes, defineOperator, type Operator } from "../operator.ts";
import { reduceWith, type ReductionOptions } from "./define.ts";
import { pairwiseRows, pairwiseSum } from "./pairwise.ts";
import { runsOf } from "./runs.ts";

/** Rows at least this wide are added as rows; of narrower ones each column is summed for itself. */
const WIDE = 16;

export const sumOperator: Operator<"sum"> = /* @__PURE__ */ defineOperator("sum", {
  shape: ([x], { axes, keepDims }) => reducedShape(x!, axes, keepDims),
  evaluate: ([x], attributes) => {
    if (x.store === null) return x;
    const later = attributes.axes.findIndex((axis, i) => axis !== attributes.axes[0]! + i);
    // Axes that aren't neighbours: one group after the other, which reads memory in order where a permutation would not.
    if (later > 0) return sumOfGroups(x, attributes, later);
    const { data, outer, length, inner, shape } = runsOf(x, attributes);
    if (shape.length === 0) return scalar(pairwiseSum(data, 0, length, 1));
    const out = allocate(outer * inner);
    for (let o = 0; o < outer; o++) {
      const start = o * length * inner;
      if (inner >= WIDE) pairwiseRows(out, o * inner, data, start, length, inner);
      else for (let p = 0; p < inner; p++) out[o * inner + p] = pairwiseSum(data, start + p, length, inner);
    }
    return concrete(out, shape);
  },
  batch: (_, inputs, { axes, keepDims }) =>
    invoke(sumOperator, inputs, { axes: axes.map((axis) => axis + 1), keepDims }),
});

/** The sum over the axes from position `later` on, then over those before it. */
function sumOfGroups(x: Tensor, { axes, keepDims }: Attributes<"sum">, later: number): Tensor {
  const inner = sumOperator.evaluate([x], { axes: axes.slice(later), keepDims });
  return sumOperator.evaluate([inner], { axes: axes.slice(0, later), keepDims });
}

/**
 * The sum of entries over axes (all unless given); 0 where there are none. Summed pairwise, so that the rounding error
 * grows with the logarithm of the number of entries. Throws `ARGUMENT` for an axis that x doesn't have.
 *
 * @example
 * import { sum, tensor } from "@fluxion/core";
 * sum(tensor([[1, 2], [3, 4]]), { axes: 0 }).toArray(); // => [4,6]
 */
export function sum(x: Numeric, options: ReductionOptions = {}): Tensor {
  return reduceWith(sumOperator, x, options);
}
