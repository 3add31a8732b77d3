import { invoke } from "../../dispatch/invoke.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { canonicalAxes, stridesOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";
import { gather } from "./gather.ts";

export const flipOperator: Operator<"flip"> = /* @__PURE__ */ defineOperator("flip", {
  shape: ([x]) => x!,
  evaluate: ([x], { axes }) => {
    if (x.store === null) return x;
    const strides = stridesOf(x.shape);
    const out = allocate(x.store.length);
    const offset = axes.reduce((sum, axis) => sum + (x.shape[axis]! - 1) * strides[axis]!, 0);
    gather(
      out,
      x.shape,
      x.store,
      offset,
      strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride)),
    );
    return concrete(out, x.shape);
  },
  batch: (_, [x], { axes }) => flip(x, { axes: axes.map((axis) => axis + 1) }),
});

/**
 * x with the order of its entries reversed along axes (all of them unless given). Throws `ARGUMENT`.
 *
 * @example
 * import { flip, tensor } from "@fluxion/core";
 * flip(tensor([1, 2, 3])).toArray(); // => [3,2,1]
 */
export function flip(x: Numeric, options: { readonly axes?: number | readonly number[] } = {}): Tensor {
  const a = asTensor(x);
  const axes = canonicalAxes("flip", options.axes, a.rank);
  return axes.length === 0 ? a : invoke(flipOperator, [a], { axes });
}
