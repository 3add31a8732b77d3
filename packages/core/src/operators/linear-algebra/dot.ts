import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { dot as sumOfProducts } from "../../kernels/index.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { concrete, scalar, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { alignLeading, broadcastLeading, leadingOffsets, leadingShape } from "./leading.ts";

export const dotOperator: Operator<"dot"> = /* @__PURE__ */ defineOperator("dot", {
  shape: ([a, b]) => dotShape(a!, b!),
  evaluate: ([a, b]) => {
    const shape = dotShape(a.shape, b.shape);
    const n = a.shape[a.rank - 1]!;
    if (shape.length === 0) return scalar(sumOfProducts(a.store!, 0, 1, b.store!, 0, 1, n));
    const out = allocateShape(shape);
    const aOffsets = leadingOffsets(shape, leadingShape("dot", a.shape, 1), n);
    const bOffsets = leadingOffsets(shape, leadingShape("dot", b.shape, 1), n);
    for (let i = 0; i < out.length; i++)
      out[i] = sumOfProducts(a.store!, aOffsets[i]!, 1, b.store!, bOffsets[i]!, 1, n);
    return concrete(out, shape);
  },
  batch: (batch, inputs) => invoke(dotOperator, alignLeading(batch, inputs, [1, 1]), NO_ATTRIBUTES),
});

function dotShape(a: Shape, b: Shape): Shape {
  const leading = broadcastLeading("dot", leadingShape("dot", a, 1), leadingShape("dot", b, 1));
  if (a.at(-1) !== b.at(-1))
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `dot takes vectors of equal length; found ${a.at(-1)} and ${b.at(-1)} (shapes ${formatShape(a)} and ${formatShape(b)}). ` +
        "All products of two vectors are outer(a, b).",
    );
  return leading;
}

/**
 * The sum of a_i·b_i over the last axis: shapes [..., n] and [..., n] give [...], leading axes broadcast.
 * Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { dot, tensor } from "@fluxion/core";
 * dot(tensor([1, 2, 3]), tensor([4, 5, 6])).item(); // => 32
 */
export function dot(a: Numeric, b: Numeric): Tensor {
  return invoke(dotOperator, [asTensor(a), asTensor(b)], NO_ATTRIBUTES);
}
