import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { matmul as multiply, matvec as multiplyVector } from "../../kernels/index.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { formatShape, type Shape, sizeOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { type Attributes, defineOperator, type Operator } from "../operator.ts";
import { alignLeading, broadcastLeading, leadingOffsets, leadingShape } from "./leading.ts";

export const matvecOperator: Operator<"matvec"> = /* @__PURE__ */ defineOperator("matvec", {
  shape: ([a, x], attributes) => matvecShape(a!, x!, attributes),
  evaluate: ([a, x], { transpose }) => {
    const shape = matvecShape(a.shape, x.shape, { transpose });
    const out = allocate(sizeOf(shape));
    const m = shape[shape.length - 1]!;
    const n = x.shape[x.rank - 1]!;
    const [row, column] = transpose ? [1, m] : [n, 1];
    const leading = leadingShape("matvec", shape, 1);
    const count = sizeOf(leading);
    if (count === 1 || (x.size === n && !transpose)) {
      multiplyVector(out, 0, a.store!, 0, row, column, x.store!, 0, 1, count * m, n);
    } else if (a.size === m * n) {
      // One matrix and many vectors: the vectors are the rows of X in X·Aᵀ.
      multiply(out, 0, x.store!, 0, n, 1, a.store!, 0, column, row, count, n, m);
    } else {
      const aOffsets = leadingOffsets(leading, leadingShape("matvec", a.shape, 2), m * n);
      const xOffsets = leadingOffsets(leading, leadingShape("matvec", x.shape, 1), n);
      for (let i = 0; i < count; i++)
        multiplyVector(out, i * m, a.store!, aOffsets[i]!, row, column, x.store!, xOffsets[i]!, 1, m, n);
    }
    return concrete(out, shape);
  },
  batch: (batch, inputs, attributes) =>
    invoke(matvecOperator, alignLeading(batch, inputs, [2, 1]), attributes),
});

function matvecShape(a: Shape, x: Shape, { transpose }: Attributes<"matvec">): Shape {
  const leading = broadcastLeading("matvec", leadingShape("matvec", a, 2), leadingShape("matvec", x, 1));
  const [rows, columns] = transpose ? [a.at(-1)!, a.at(-2)!] : [a.at(-2)!, a.at(-1)!];
  if (columns !== x.at(-1))
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `matvec: a ${rows}×${columns} matrix takes vectors of length ${columns}; found length ${x.at(-1)} ` +
        `(shapes ${formatShape(a)}${transpose ? " transposed" : ""} and ${formatShape(x)}). ` +
        "Transpose the matrix with an option, or multiply elementwise with mul().",
    );
  return leading.length === 0 ? [rows] : [...leading, rows];
}

/** Whether the matrix is transposed, without being copied. */
export interface MatvecOptions {
  readonly transpose?: boolean;
}

/**
 * Matrix times vector: a of shape [..., m, n] and x of shape [..., n] give [..., m], leading axes broadcast; with
 * `transpose`, a is [..., n, m]. Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { matvec, tensor } from "@fluxion/core";
 * const A = tensor([[1, 2], [3, 4]]);
 * matvec(A, tensor([1, 10])).toArray(); // => [21,43]
 * matvec(A, tensor([1, 10]), { transpose: true }).toArray(); // => [31,42]
 */
export function matvec(matrix: Numeric, vector: Numeric, options: MatvecOptions = {}): Tensor {
  return invoke(matvecOperator, [asTensor(matrix), asTensor(vector)], {
    transpose: options.transpose === true,
  });
}
