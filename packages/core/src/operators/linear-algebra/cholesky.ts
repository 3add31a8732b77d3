import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { cholesky as factorSymmetric } from "../../kernels/index.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { leadingShape, squareLength } from "./leading.ts";

export const choleskyOperator: Operator<"cholesky"> = /* @__PURE__ */ defineOperator("cholesky", {
  shape: ([x]) => {
    squareLength("cholesky", x!);
    return x!;
  },
  evaluate: ([x]) => {
    const n = squareLength("cholesky", x.shape);
    const out = allocate(x.size);
    const count = sizeOf(leadingShape("cholesky", x.shape, 2));
    for (let matrix = 0; matrix < count; matrix++) {
      const failure = factorSymmetric(out, matrix * n * n, x.store!, matrix * n * n, n);
      if (failure >= 0)
        throw new FluxionError(
          "DOMAIN",
          `cholesky: the ${n}×${n} matrix${count === 1 ? "" : ` at position ${matrix} of ${count}`} is not positive definite ` +
            `(its leading minor of order ${failure + 1} is not positive). Covariances often need a small multiple of eye(n) added.`,
        );
    }
    return concrete(out, x.shape);
  },
  batch: (_, [x]) => cholesky(x),
});

/**
 * The lower triangular L with L·Lᵀ = A for positive definite matrices A of shape [..., n, n]. A is read as (A + Aᵀ)/2,
 * so that derivatives by its entries are symmetric. Throws `DOMAIN` when A is not positive definite, `SHAPE_MISMATCH`.
 *
 * @example
 * import { cholesky, tensor } from "@fluxion/core";
 * cholesky(tensor([[4, 2], [2, 5]])).toArray(); // => [[2,0],[1,2]]
 */
export function cholesky(x: Numeric): Tensor {
  return invoke(choleskyOperator, [asTensor(x)], NO_ATTRIBUTES);
}
