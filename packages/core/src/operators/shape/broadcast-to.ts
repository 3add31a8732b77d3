import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { broadcastShapes, checkShape, formatShape, sameShape, type Shape } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { evaluateBinary } from "../elementwise/loops.ts";
import { defineOperator, type Operator } from "../operator.ts";
import { reshape } from "./reshape.ts";

export const broadcastToOperator: Operator<"broadcastTo"> = /* @__PURE__ */ defineOperator("broadcastTo", {
  shape: ([x], { shape }) => {
    if (!sameShape(broadcastShapes("broadcastTo", x!, shape), shape))
      throw new FluxionError(
        "SHAPE_MISMATCH",
        `broadcastTo: the shape ${formatShape(x!)} does not stretch to ${formatShape(shape)}; only axes of length 1 stretch, and new axes come first.`,
      );
    return shape;
  },
  evaluate: ([x], { shape }) => {
    broadcastToOperator.shape([x.shape], { shape });
    if (x.store === null || x.store.length === 1) return concrete(allocateShape(shape).fill(x.item()), shape);
    // The broadcast loop of the elementwise operators, with a second operand that is read and ignored.
    return evaluateBinary("broadcastTo", x, concrete(allocateShape(shape), shape), (a) => a, copyLoop);
  },
  batch: ({ size }, [x], { shape }) => {
    const aligned = reshape(x, [
      size,
      ...new Array<number>(shape.length - (x.rank - 1)).fill(1),
      ...x.shape.slice(1),
    ]);
    return broadcastTo(aligned, [size, ...shape]);
  },
});

function copyLoop(out: Float64Array, o: number, n: number, a: Float64Array, p: number, aStep: number): void {
  for (let i = 0; i < n; i++, p += aStep) out[o + i] = a[p]!;
}

/**
 * x stretched to a shape: new axes come first, axes of length 1 repeat. Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { broadcastTo, tensor } from "@fluxion/core";
 * broadcastTo(tensor([1, 2]), [2, 2]).toArray(); // => [[1,2],[1,2]]
 */
export function broadcastTo(x: Numeric, shape: Shape): Tensor {
  const a = asTensor(x);
  checkShape("broadcastTo", shape);
  // The caller may write into the array afterwards.
  return sameShape(a.shape, shape) ? a : invoke(broadcastToOperator, [a], { shape: [...shape] });
}
