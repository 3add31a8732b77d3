import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { leadingShape, squareLength } from "./leading.ts";

export const diagonalOperator: Operator<"diagonal"> = /* @__PURE__ */ defineOperator("diagonal", {
  shape: ([x]) => diagonalShape(x!),
  evaluate: ([x]) => {
    const shape = diagonalShape(x.shape);
    const out = allocateShape(shape);
    const n = shape[shape.length - 1]!;
    for (let to = 0, from = 0; to < out.length; from += n * n)
      for (let i = 0; i < n; i++) out[to++] = x.store![from + i * (n + 1)]!;
    return concrete(out, shape);
  },
  batch: (_, [x]) => diagonal(x),
});

function diagonalShape(shape: Shape): Shape {
  return [...leadingShape("diagonal", shape, 2), squareLength("diagonal", shape)];
}

/**
 * The diagonals of square matrices: shape [..., n, n] gives [..., n]. Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { diagonal, tensor } from "@fluxion/core";
 * diagonal(tensor([[1, 2], [3, 4]])).toArray(); // => [1,4]
 */
export function diagonal(x: Numeric): Tensor {
  return invoke(diagonalOperator, [asTensor(x)], NO_ATTRIBUTES);
}

export const diagonalMatrixOperator: Operator<"diagonalMatrix"> = /* @__PURE__ */ defineOperator(
  "diagonalMatrix",
  {
    shape: ([x]) => diagonalMatrixShape(x!),
    evaluate: ([x]) => {
      const shape = diagonalMatrixShape(x.shape);
      const out = allocateShape(shape);
      const n = shape[shape.length - 1]!;
      for (let from = 0, to = 0; from < x.store!.length; to += n * n)
        for (let i = 0; i < n; i++) out[to + i * (n + 1)] = x.store![from++]!;
      return concrete(out, shape);
    },
    batch: (_, [x]) => diagonalMatrix(x),
  },
);

function diagonalMatrixShape(shape: Shape): Shape {
  leadingShape("diagonalMatrix", shape, 1);
  return [...shape, shape.at(-1)!];
}

/**
 * Square matrices with given diagonals and zeros elsewhere: shape [..., n] gives [..., n, n]. Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { diagonalMatrix, tensor } from "@fluxion/core";
 * diagonalMatrix(tensor([1, 2])).toArray(); // => [[1,0],[0,2]]
 */
export function diagonalMatrix(x: Numeric): Tensor {
  return invoke(diagonalMatrixOperator, [asTensor(x)], NO_ATTRIBUTES);
}

/**
 * The diagonal of a matrix, or the diagonal matrix of a vector. Throws `SHAPE_MISMATCH` for other ranks.
 *
 * @example
 * import { diag, tensor } from "@fluxion/core";
 * diag(tensor([[1, 2], [3, 4]])).toArray(); // => [1,4]
 * diag(tensor([1, 2])).toArray(); // => [[1,0],[0,2]]
 */
export function diag(x: Numeric): Tensor {
  const a = asTensor(x);
  if (a.rank === 1) return diagonalMatrix(a);
  if (a.rank === 2) return diagonal(a);
  throw new FluxionError(
    "SHAPE_MISMATCH",
    `diag takes a vector or a matrix; found the shape ${formatShape(a.shape)}. For a stack of them use diagonal() or diagonalMatrix().`,
  );
}
