import { invoke } from "../../dispatch/invoke.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions } from "../../tensor/options.ts";
import { canonicalAxis, reducedShape, type Shape } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";
import type { AlongAxisOptions } from "./along-axis.ts";
import { checkEntries, runsOf } from "./runs.ts";

export const argmaxOperator: Operator<"argmax"> = /* @__PURE__ */ defineOperator("argmax", {
  shape: ([x], { axis }) => argmaxShape(x!, axis),
  evaluate: ([x], { axis }) => {
    argmaxShape(x.shape, axis);
    const { data, outer, length, inner, shape } = runsOf(x, { axes: [axis], keepDims: false });
    const out = allocate(outer * inner);
    for (let o = 0; o < outer; o++)
      for (let p = 0; p < inner; p++)
        out[o * inner + p] = firstLargest(data, o * length * inner + p, length, inner);
    return concrete(out, shape);
  },
  batch: (_, [x], { axis }) => invoke(argmaxOperator, [x], { axis: axis + 1 }),
});

function argmaxShape(x: Shape, axis: number): Shape {
  checkEntries("argmax", x, [axis]);
  return reducedShape(x, [axis], false);
}

function firstLargest(data: Float64Array, start: number, length: number, step: number): number {
  let best = 0;
  for (let i = 0; i < length; i++) {
    const entry = data[start + i * step]!;
    if (Number.isNaN(entry)) return i;
    if (entry > data[start + best * step]!) best = i;
  }
  return best;
}

/**
 * The index of the largest entry along an axis (the last unless given), the first of equals; NaN counts as largest. Its
 * derivative is 0. Throws `DOMAIN` where there are no entries, `ARGUMENT` for an axis that x doesn't have.
 *
 * @example
 * import { argmax, tensor } from "@fluxion/core";
 * argmax(tensor([1, 3, 2])).item(); // => 1
 */
export function argmax(x: Numeric, options: AlongAxisOptions = {}): Tensor {
  const a = asTensor(x);
  readOptions("argmax", options, "axis");
  return invoke(argmaxOperator, [a], { axis: canonicalAxis("argmax", options.axis ?? -1, a.rank) });
}
