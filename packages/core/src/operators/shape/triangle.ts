import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";

export const trilOperator: Operator<"tril"> = /* @__PURE__ */ defineOperator("tril", {
  shape: ([x]) => matrixShape("tril", x!),
  evaluate: ([x], { k }) => masked("tril", x, (row, column) => column <= row + k),
  batch: (_, [x], attributes) => invoke(trilOperator, [x], attributes),
});

export const triuOperator: Operator<"triu"> = /* @__PURE__ */ defineOperator("triu", {
  shape: ([x]) => matrixShape("triu", x!),
  evaluate: ([x], { k }) => masked("triu", x, (row, column) => column >= row + k),
  batch: (_, [x], attributes) => invoke(triuOperator, [x], attributes),
});

function matrixShape(asked: string, shape: Shape): Shape {
  if (shape.length < 2) throw new FluxionError("SHAPE_MISMATCH", `${asked} takes matrices (rank 2, or more for a stack of them), found the shape ${formatShape(shape)}.`);
  return shape;
}

function masked(asked: string, x: Tensor, keep: (row: number, column: number) => boolean): Tensor {
  const shape = matrixShape(asked, x.shape);
  const rows = shape.at(-2)!;
  const columns = shape.at(-1)!;
  const out = allocate(x.store!.length);
  for (let i = 0; i < out.length; i++) if (keep(Math.floor(i / columns) % rows, i % columns)) out[i] = x.store![i]!;
  return concrete(out, shape);
}

/**
 * The lower triangle of matrices, entries above diagonal k set to 0 (k = 0 is the main one, -1 the one below).
 * Throws `SHAPE_MISMATCH` for rank < 2.
 *
 * @example
 * import { tensor, tril } from "@fluxion/core";
 * tril(tensor([[1, 2], [3, 4]])).toArray(); // => [[1,0],[3,4]]
 */
export function tril(x: Numeric, k: number = 0): Tensor {
  return invoke(trilOperator, [asTensor(x)], { k });
}

/**
 * The upper triangle of matrices, entries below diagonal k set to 0 (k = 0 is the main one, 1 the one above).
 * Throws `SHAPE_MISMATCH` for rank < 2.
 *
 * @example
 * import { tensor, triu } from "@fluxion/core";
 * triu(tensor([[1, 2], [3, 4]])).toArray(); // => [[1,2],[0,4]]
 */
export function triu(x: Numeric, k: number = 0): Tensor {
  return invoke(triuOperator, [asTensor(x)], { k });
}
