import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { formatShape, sizeOf, stridesOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";
import { scatter } from "./gather.ts";

export const padOperator: Operator<"pad"> = /* @__PURE__ */ defineOperator("pad", {
  shape: ([x], { before, after }) => x!.map((length, axis) => before[axis]! + length + after[axis]!),
  evaluate: ([x], attributes) => {
    if (x.store === null) return x;
    const shape = padOperator.shape([x.shape], attributes);
    const strides = stridesOf(shape);
    const out = allocate(sizeOf(shape));
    const offset = attributes.before.reduce((sum, count, axis) => sum + count * strides[axis]!, 0);
    scatter(out, offset, strides, x.shape, x.store);
    return concrete(out, shape);
  },
  batch: (_, [x], { before, after }) => invoke(padOperator, [x], { before: [0, ...before], after: [0, ...after] }),
});

/**
 * x with zeros added at the ends of its axes: `[before, after]` for each axis. Throws `ARGUMENT`.
 *
 * @example
 * import { pad, tensor } from "@fluxion/core";
 * pad(tensor([1, 2]), [[1, 2]]).toArray(); // => [0,1,2,0,0]
 */
export function pad(x: Numeric, widths: readonly (readonly [before: number, after: number])[]): Tensor {
  const a = asTensor(x);
  if (widths.length !== a.rank || widths.some((pair) => pair.some((count) => !Number.isSafeInteger(count) || count < 0)))
    throw new FluxionError(
      "ARGUMENT",
      `pad: [${widths.map((pair) => `[${pair.join(",")}]`).join(",")}] is not a pair of non-negative integers for each axis of the shape ${formatShape(a.shape)}.`,
    );
  if (widths.every(([before, after]) => before === 0 && after === 0)) return a;
  return invoke(padOperator, [a], { before: widths.map(([before]) => before), after: widths.map(([, after]) => after) });
}
