import { FluxionError } from "../../errors.ts";
import { given } from "../../tensor/found.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { mul } from "../elementwise/binary.ts";
import { reshape } from "../shape/reshape.ts";
import { transpose } from "../shape/transpose.ts";
import { einsum } from "./einsum.ts";

const atMostMatrix = (asked: string, x: Numeric): Tensor => {
  const a = asTensor(x);
  if (a.rank <= 2) return a;
  throw new FluxionError(
    "SHAPE_MISMATCH",
    `${asked} takes scalars, vectors and matrices; found the shape ${formatShape(a.shape)} of rank ${a.rank}. Use vmap for a stack of them.`,
  );
};

/**
 * The Kronecker product: every entry of a times all of b. Matrices [m, n] and [p, q] give [m·p, n·q]; a vector counts as
 * a column, and two vectors give a vector. Throws `SHAPE_MISMATCH` for a rank above 2.
 *
 * @example
 * import { kron, tensor } from "@fluxion/core";
 * kron(tensor([[1, 2]]), tensor([[1, 0], [0, 1]])).toArray(); // => [[1,0,2,0],[0,1,0,2]]
 */
export function kron(a: Numeric, b: Numeric): Tensor {
  const [left, right] = [atMostMatrix("kron", a), atMostMatrix("kron", b)];
  if (left.rank === 0 || right.rank === 0) return mul(left, right);
  const [rows, columns] = [left.shape[0]! * right.shape[0]!, (left.shape[1] ?? 1) * (right.shape[1] ?? 1)];
  const [from, to] = ["ij".slice(0, left.rank), "kl".slice(0, right.rank)];
  const product = einsum(`${from},${to}->ik${from.slice(1)}${to.slice(1)}`, left, right);
  return reshape(product, left.rank === 1 && right.rank === 1 ? [rows] : [rows, columns]);
}

/**
 * The columns of a matrix one below the other, as in the literature: shape [m, n] gives [m·n]. A vector stays what it
 * is. Throws `SHAPE_MISMATCH` for a rank above 2.
 *
 * @example
 * import { tensor, vec } from "@fluxion/core";
 * vec(tensor([[1, 2], [3, 4]])).toArray(); // => [1,3,2,4]
 */
export function vec(x: Numeric): Tensor {
  const a = atMostMatrix("vec", x);
  return a.rank < 2 ? a : reshape(transpose(a), [a.size]);
}

/**
 * The matrix of the given number of rows and columns whose columns, one below the other, are x: the inverse of `vec`.
 * Throws `SHAPE_MISMATCH` unless x is a vector of length rows·columns.
 *
 * @example
 * import { tensor, unvec } from "@fluxion/core";
 * unvec(tensor([1, 3, 2, 4]), 2, 2).toArray(); // => [[1,2],[3,4]]
 */
export function unvec(x: Numeric, rows: number, columns: number): Tensor {
  const a = asTensor(x);
  const isSize = typeof rows === "number" && typeof columns === "number";
  if (!isSize || a.rank !== 1 || a.size !== rows * columns)
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `unvec into ${given(rows)} rows and ${given(columns)} columns takes a vector of as many entries; found the shape ${formatShape(a.shape)}.`,
    );
  return transpose(reshape(a, [columns, rows]));
}
