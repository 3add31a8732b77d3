import { invoke } from "../../dispatch/invoke.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { leadingShape, squareLength } from "./leading.ts";

export const traceOperator: Operator<"trace"> = /* @__PURE__ */ defineOperator("trace", {
  shape: ([x]) => {
    squareLength("matrixTrace", x!);
    return leadingShape("matrixTrace", x!, 2);
  },
  evaluate: ([x]) => {
    const shape = traceOperator.shape([x.shape], NO_ATTRIBUTES);
    const out = allocateShape(shape);
    const n = x.shape[x.rank - 1]!;
    for (let matrix = 0; matrix < out.length; matrix++) {
      let s = 0;
      for (let i = 0; i < n; i++) s += x.store![matrix * n * n + i * (n + 1)]!;
      out[matrix] = s;
    }
    return concrete(out, shape);
  },
  batch: (_, [x]) => invoke(traceOperator, [x], NO_ATTRIBUTES),
});

/**
 * The sum of the diagonal of square matrices: shape [..., n, n] gives [...]. (`trace` records a computation graph.)
 * Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { matrixTrace, tensor } from "@fluxion/core";
 * matrixTrace(tensor([[1, 2], [3, 4]])).item(); // => 5
 */
export function matrixTrace(x: Numeric): Tensor {
  return invoke(traceOperator, [asTensor(x)], NO_ATTRIBUTES);
}
