import { invoke } from "../../dispatch/invoke.ts";
import { luDeterminant, luLogDeterminant } from "../../kernels/index.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import type { Shape } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { emptyFactorization, factor, type Factorization } from "./factorization.ts";
import { leadingShape, squareLength } from "./leading.ts";

export const detOperator: Operator<"det"> = /* @__PURE__ */ defineOperator("det", {
  shape: ([x]) => perMatrixShape("det", x!),
  evaluate: ([x]) => ofFactors("det", x, ({ lu, sign }, n) => luDeterminant(lu, 0, sign, n)),
  batch: (_, [x]) => det(x),
});

export const logdetOperator: Operator<"logdet"> = /* @__PURE__ */ defineOperator("logdet", {
  shape: ([x]) => perMatrixShape("logdet", x!),
  evaluate: ([x]) => ofFactors("logdet", x, ({ lu }, n) => luLogDeterminant(lu, 0, n)),
  batch: (_, [x]) => logdet(x),
});

function perMatrixShape(asked: string, shape: Shape): Shape {
  squareLength(asked, shape);
  return leadingShape(asked, shape, 2);
}

function ofFactors(asked: string, x: Tensor, read: (factors: Factorization, n: number) => number): Tensor {
  const shape = perMatrixShape(asked, x.shape);
  const out = allocateShape(shape);
  const n = x.shape[x.rank - 1]!;
  const factors = emptyFactorization(n);
  for (let matrix = 0; matrix < out.length; matrix++) {
    factor(factors, x.store!, matrix * n * n);
    out[matrix] = read(factors, n);
  }
  return concrete(out, shape);
}

/**
 * The determinant of square matrices: shape [..., n, n] gives [...]; 1 for n = 0, 0 for singular matrices. Overflows only
 * if the determinant itself is beyond float64. By LU with partial pivoting. Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { det, tensor } from "@fluxion/core";
 * det(tensor([[2, 1], [4, 5]])).item(); // => 6
 */
export function det(x: Numeric): Tensor {
  return invoke(detOperator, [asTensor(x)], NO_ATTRIBUTES);
}

/**
 * log|det x| of square matrices: shape [..., n, n] gives [...]; −∞ for singular matrices. Finite also where the
 * determinant overflows or underflows. Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { logdet, tensor } from "@fluxion/core";
 * logdet(tensor([[0, 1], [1, 0]])).item(); // => 0
 */
export function logdet(x: Numeric): Tensor {
  return invoke(logdetOperator, [asTensor(x)], NO_ATTRIBUTES);
}
