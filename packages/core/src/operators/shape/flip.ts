import { invoke } from "../../dispatch/invoke.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions } from "../../tensor/options.ts";
import { canonicalAxes, stridesOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";
import { copyStrided } from "./strided.ts";

export const flipOperator: Operator<"flip"> = /* @__PURE__ */ defineOperator("flip", {
  shape: ([x], { axes }) => {
    canonicalAxes("flip", axes, x!.length);
    return x!;
  },
  evaluate: ([x], { axes }) => {
    canonicalAxes("flip", axes, x.rank);
    if (x.store === null) return x;
    const out = allocate(x.store.length);
    const strides = stridesOf(x.shape);
    copyStrided(
      x.shape,
      {
        data: x.store,
        offset: axes.reduce((offset, axis) => offset + (x.shape[axis]! - 1) * strides[axis]!, 0),
        strides: strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride)),
      },
      { data: out, offset: 0, strides },
    );
    return concrete(out, x.shape);
  },
  batch: (_, [x], { axes }) => flip(x, { axes: axes.map((axis) => axis + 1) }),
});

/** Which axes are reversed; all when not given. */
export interface FlipOptions {
  readonly axes?: number | readonly number[];
}

/**
 * x with the entries along some axes in reverse order. Throws `ARGUMENT` for an axis that x doesn't have.
 *
 * @example
 * import { flip, tensor } from "@fluxion/core";
 * flip(tensor([[1, 2], [3, 4]]), { axes: 1 }).toArray(); // => [[2,1],[4,3]]
 */
export function flip(x: Numeric, options: FlipOptions = {}): Tensor {
  const a = asTensor(x);
  readOptions("flip", options, "axes");
  const axes = canonicalAxes("flip", options.axes, a.rank);
  return axes.length === 0 ? a : invoke(flipOperator, [a], { axes });
}
