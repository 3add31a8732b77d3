import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { checkShape, formatShape, sameShape, type Shape, sizeOf } from "../../tensor/shape.ts";
import { concrete, scalar, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";

export const reshapeOperator: Operator<"reshape"> = defineOperator("reshape", {
  shape: ([x], { shape }) => {
    if (sizeOf(x!) !== sizeOf(shape))
      throw new FluxionError(
        "SHAPE_MISMATCH",
        `reshape: the shape ${formatShape(x!)} has ${sizeOf(x!)} entries and ${formatShape(shape)} has ${sizeOf(shape)}. Both must have the same number.`,
      );
    return shape;
  },
  evaluate: ([x], { shape }) => {
    reshapeOperator.shape([x.shape], { shape });
    if (shape.length === 0) return scalar(x.item());
    return concrete(x.store ?? Float64Array.of(x.value), shape);
  },
  batch: ({ size }, [x], { shape }) => reshape(x, [size, ...shape]),
});

/**
 * The same entries in row-major order under another shape; shares storage with x. One length may be -1 and is then
 * inferred. Throws `SHAPE_MISMATCH` when the number of entries differs.
 *
 * @example
 * import { arange, reshape } from "@fluxion/core";
 * reshape(arange(6), [2, -1]).toArray(); // => [[0,1,2],[3,4,5]]
 */
export function reshape(x: Numeric, shape: Shape): Tensor {
  const a = asTensor(x);
  const target = inferLength(a.shape, shape);
  return sameShape(a.shape, target) ? a : invoke(reshapeOperator, [a], { shape: target });
}

/** A copy of the shape asked for, as the caller may write into the array afterwards, with its -1 replaced. */
function inferLength(from: Shape, to: Shape): Shape {
  const unknown = Array.isArray(to) ? to.indexOf(-1) : -1;
  if (unknown < 0) {
    checkShape("reshape", to);
    return to.slice();
  }
  const known = to.filter((_, axis) => axis !== unknown);
  checkShape("reshape", known);
  const rest = sizeOf(from) / sizeOf(known);
  if (!Number.isInteger(rest))
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `reshape: ${formatShape(from)} cannot fill ${formatShape(to)}: no whole number fits the place of -1.`,
    );
  return to.map((length) => (length === -1 ? rest : length));
}
