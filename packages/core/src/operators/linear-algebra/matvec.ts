import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import {
  matmul as multiply,
  matvec as multiplyVector,
  recomputeNaN,
  strongDot,
} from "../../kernels/index.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions, readSwitch } from "../../tensor/options.ts";
import { formatShape, type Shape, sizeOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";
import { alignLeading, broadcastLeading, leadingOffsets, leadingShape } from "./leading.ts";

export const matvecOperator: Operator<"matvec"> = /* @__PURE__ */ defineOperator("matvec", {
  shape: ([a, x], attributes) => matvecShape(a!, x!, attributes),
  evaluate: ([a, x], { transpose, strong }) => {
    const shape = matvecShape(a.shape, x.shape, { transpose });
    const out = allocateShape(shape);
    const m = shape[shape.length - 1]!;
    const n = x.shape[x.rank - 1]!;
    const [row, column] = transpose ? [1, m] : [n, 1];
    const leading = leadingShape("matvec", shape, 1);
    const count = sizeOf(leading);
    const offsets = (): readonly [a: readonly number[], x: readonly number[]] => [
      leadingOffsets(leading, leadingShape("matvec", a.shape, 2), m * n),
      leadingOffsets(leading, leadingShape("matvec", x.shape, 1), n),
    ];
    if (count === 1 || (x.size === n && !transpose)) {
      multiplyVector(out, 0, a.store!, 0, row, column, x.store!, 0, 1, count * m, n);
    } else if (a.size === m * n) {
      // One matrix and many vectors: the vectors are the rows of X in X·Aᵀ.
      multiply(out, 0, x.store!, 0, n, 1, a.store!, 0, column, row, count, n, m);
    } else {
      const [aOffsets, xOffsets] = offsets();
      for (let i = 0; i < count; i++)
        multiplyVector(out, i * m, a.store!, aOffsets[i]!, row, column, x.store!, xOffsets[i]!, 1, m, n);
    }
    if (strong)
      recomputeNaN(out, () => {
        const [aOffsets, xOffsets] = offsets();
        return (index) => {
          const [vector, entry] = [Math.floor(index / m), index % m];
          return strongDot(
            a.store!,
            aOffsets[vector]! + entry * row,
            column,
            x.store!,
            xOffsets[vector]!,
            1,
            n,
          );
        };
      });
    return concrete(out, shape);
  },
  batch: (batch, inputs, attributes) =>
    invoke(matvecOperator, alignLeading(batch, inputs, [2, 1]), attributes),
});

function matvecShape(a: Shape, x: Shape, { transpose }: MatvecOptions): Shape {
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
  const transpose = readTranspose("matvec", options);
  return invoke(matvecOperator, [asTensor(matrix), asTensor(vector)], { transpose, strong: false });
}

/**
 * Matrix times vector in which an exact zero annihilates ±∞ and NaN, as in `strongMul`: for derivative rules, which
 * multiply by slopes that may be infinite. Shapes, options and errors are those of `matvec`; as fast, unless entries
 * come out NaN.
 *
 * @example
 * import { matvec, strongMatvec, tensor } from "@fluxion/core";
 * const slopes = tensor([Infinity, 2]);
 * matvec(tensor([[0, 1]]), slopes).toArray(); // => [NaN]
 * strongMatvec(tensor([[0, 1]]), slopes).toArray(); // => [2]
 */
export function strongMatvec(matrix: Numeric, vector: Numeric, options: MatvecOptions = {}): Tensor {
  const transpose = readTranspose("strongMatvec", options);
  return invoke(matvecOperator, [asTensor(matrix), asTensor(vector)], { transpose, strong: true });
}

function readTranspose(asked: string, options: MatvecOptions): boolean {
  readOptions(asked, options, "transpose");
  return readSwitch(asked, "transpose", options.transpose);
}
