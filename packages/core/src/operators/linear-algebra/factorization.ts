import { FluxionError } from "../../errors.ts";
import { luFactor } from "../../kernels/index.ts";

/** P·A = L·U of one n×n matrix; filled anew for every matrix of a stack. */
export interface Factorization {
  /** L below and U on and above the diagonal, n×n and row-major. */
  readonly lu: Float64Array;
  readonly rows: Int32Array;
  /** The sign of the permutation. */
  sign: number;
}

export function emptyFactorization(n: number): Factorization {
  return { lu: new Float64Array(n * n), rows: new Int32Array(n), sign: 1 };
}

/** Factors the matrix that begins at an offset. */
export function factor(into: Factorization, store: Float64Array, offset: number): void {
  for (let p = 0; p < into.lu.length; p++) into.lu[p] = store[offset + p]!;
  into.sign = luFactor(into.lu, 0, into.rows, into.rows.length);
}

/** The error for a matrix without an inverse; `matrix` is its position in the stack, `count` the stack's size. */
export function singular(
  asked: string,
  n: number,
  pivot: number,
  matrix: number,
  count: number,
): FluxionError {
  return new FluxionError(
    "DOMAIN",
    `${asked}: the ${n}×${n} matrix${count === 1 ? "" : ` at position ${matrix} of ${count}`} is singular ` +
      `(elimination met a zero pivot in row ${pivot}). ` +
      "Check it with det or logdet first, or add a small multiple of eye(n) to it.",
  );
}
