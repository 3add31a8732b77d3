import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocate } from "../../tensor/allocate.ts";
import { given } from "../../tensor/found.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";

export const trilOperator: Operator<"tril"> = /* @__PURE__ */ defineOperator("tril", {
  shape: ([x], { k }) => triangleShape("tril", x!, k),
  evaluate: ([x], { k }) => {
    triangleShape("tril", x.shape, k);
    return keepColumns(x, (row, columns) => [0, Math.min(row + k + 1, columns)]);
  },
  batch: (_, [x], attributes) => invoke(trilOperator, [x], attributes),
});

export const triuOperator: Operator<"triu"> = /* @__PURE__ */ defineOperator("triu", {
  shape: ([x], { k }) => triangleShape("triu", x!, k),
  evaluate: ([x], { k }) => {
    triangleShape("triu", x.shape, k);
    return keepColumns(x, (row, columns) => [Math.max(row + k, 0), columns]);
  },
  batch: (_, [x], attributes) => invoke(triuOperator, [x], attributes),
});

function triangleShape(asked: string, x: Shape, k: number): Shape {
  if (x.length < 2)
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `${asked} takes a matrix or a stack of them; found the shape ${formatShape(x)} of rank ${x.length}.`,
    );
  if (!Number.isInteger(k))
    throw new FluxionError(
      "ARGUMENT",
      `${asked}: the diagonal k is an integer, found ${given(k)}. 0 is the main diagonal, 1 the one above it.`,
    );
  return x;
}

/** Zeros but for the columns from start to stop of each row. */
function keepColumns(
  x: Tensor,
  span: (row: number, columns: number) => readonly [start: number, stop: number],
): Tensor {
  const data = x.store!;
  const out = allocate(data.length);
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  for (let offset = 0, row = 0; offset < data.length; offset += columns, row = (row + 1) % rows) {
    const [start, stop] = span(row, columns);
    for (let j = start; j < stop; j++) out[offset + j] = data[offset + j]!;
  }
  return concrete(out, x.shape);
}

/**
 * The lower triangle of matrices [..., m, n]: the entries on and below diagonal k, zeros above. k counts diagonals up
 * from the main one. Throws `SHAPE_MISMATCH` for vectors and scalars.
 *
 * @example
 * import { tensor, tril } from "@fluxion/core";
 * tril(tensor([[1, 2], [3, 4]])).toArray(); // => [[1,0],[3,4]]
 * tril(tensor([[1, 2], [3, 4]]), -1).toArray(); // => [[0,0],[3,0]]
 */
export function tril(x: Numeric, k: number = 0): Tensor {
  return invoke(trilOperator, [asTensor(x)], { k });
}

/**
 * The upper triangle of matrices [..., m, n]: the entries on and above diagonal k, zeros below. k counts diagonals up
 * from the main one. Throws `SHAPE_MISMATCH` for vectors and scalars.
 *
 * @example
 * import { tensor, triu } from "@fluxion/core";
 * triu(tensor([[1, 2], [3, 4]])).toArray(); // => [[1,2],[0,4]]
 * triu(tensor([[1, 2], [3, 4]]), 1).toArray(); // => [[0,2],[0,0]]
 */
export function triu(x: Numeric, k: number = 0): Tensor {
  return invoke(triuOperator, [asTensor(x)], { k });
}
