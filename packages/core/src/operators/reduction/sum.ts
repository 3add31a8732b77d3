import { invoke } from "../../dispatch/invoke.ts";
import { allocate } from "../../tensor/allocate.ts";
import type { Numeric } from "../../tensor/numeric.ts";
import { reducedShape } from "../../tensor/shape.ts";
import { concrete, scalar, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";
import { reduceWith, type ReductionOptions } from "./define.ts";
import { runsOf } from "./layout.ts";

/** Runs up to this length are added in order, longer ones in halves: the error then grows with log n, not with n. */
const PAIRWISE_FROM = 128;

export const sumOperator: Operator<"sum"> = /* @__PURE__ */ defineOperator("sum", {
  shape: ([x], { axes, keepDims }) => reducedShape(x!, axes, keepDims),
  evaluate: ([x], attributes) => {
    const { data, outer, length, inner, shape } = runsOf(x, attributes);
    if (shape.length === 0) return scalar(pairwiseSum(data, 0, length));
    const out = allocate(outer * inner);
    if (inner === 1) for (let o = 0; o < outer; o++) out[o] = pairwiseSum(data, o * length, length);
    else addRows(out, data, outer, length, inner);
    return concrete(out, shape);
  },
  batch: (_, inputs, { axes, keepDims }) => invoke(sumOperator, inputs, { axes: axes.map((axis) => axis + 1), keepDims }),
});

/** Pairwise summation. Source: N. Higham, "The Accuracy of Floating Point Summation" (SIAM J. Sci. Comput. 14, 1993). */
function pairwiseSum(data: Float64Array, start: number, length: number): number {
  if (length > PAIRWISE_FROM) {
    const half = length >> 1;
    return pairwiseSum(data, start, half) + pairwiseSum(data, start + half, length - half);
  }
  let total = 0;
  let other = 0;
  const end = start + length;
  let i = start;
  for (; i + 1 < end; i += 2) {
    total += data[i]!;
    other += data[i + 1]!;
  }
  return i < end ? total + other + data[i]! : total + other;
}

/** Sums over an axis that is not the last: whole rows are added, so that memory is read in order. */
function addRows(out: Float64Array, data: Float64Array, outer: number, length: number, inner: number): void {
  for (let o = 0; o < outer; o++) {
    const to = o * inner;
    for (let i = 0; i < length; i++) {
      const from = (o * length + i) * inner;
      for (let p = 0; p < inner; p++) out[to + p]! += data[from + p]!;
    }
  }
}

/**
 * The sum of entries over axes (all unless given); 0 where there are none. Throws `ARGUMENT`.
 *
 * @example
 * import { sum, tensor } from "@fluxion/core";
 * sum(tensor([[1, 2], [3, 4]]), { axes: 0 }).toArray(); // => [4,6]
 */
export function sum(x: Numeric, options: ReductionOptions = {}): Tensor {
  return reduceWith(sumOperator, x, options);
}
