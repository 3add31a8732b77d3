import { invoke } from "../../dispatch/invoke.ts";
import { luInverse } from "../../kernels/index.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { emptyFactorization, factor, singular } from "./factorization.ts";
import { leadingShape, squareLength } from "./leading.ts";

export const inverseOperator: Operator<"inverse"> = /* @__PURE__ */ defineOperator("inverse", {
  shape: ([x]) => {
    squareLength("inverse", x!);
    return x!;
  },
  evaluate: ([x]) => {
    const n = squareLength("inverse", x.shape);
    const out = allocate(x.size);
    const count = sizeOf(leadingShape("inverse", x.shape, 2));
    const factors = emptyFactorization(n);
    for (let matrix = 0; matrix < count; matrix++) {
      factor(factors, x.store!, matrix * n * n);
      const pivot = luInverse(out, matrix * n * n, factors.lu, 0, factors.rows, n);
      if (pivot >= 0) throw singular("inverse", n, pivot, matrix, count);
    }
    return concrete(out, x.shape);
  },
  batch: (_, [x]) => inverse(x),
});

/**
 * The inverse of square matrices, shape [..., n, n]. To apply an inverse use `solve`, which is faster and more accurate.
 * Throws `DOMAIN` for a singular matrix, `SHAPE_MISMATCH`.
 *
 * @example
 * import { inverse, tensor } from "@fluxion/core";
 * inverse(tensor([[2, 0], [0, 4]])).toArray(); // => [[0.5,0],[0,0.25]]
 */
export function inverse(x: Numeric): Tensor {
  return invoke(inverseOperator, [asTensor(x)], NO_ATTRIBUTES);
}
