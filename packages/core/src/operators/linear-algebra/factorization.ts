import { FluxionError } from "../../errors.ts";
import { luFactor } from "../../kernels/index.ts";

/** P·A = L·U of one matrix of a stack. */
export interface Factorization {
  /** L below and U on and above the diagonal, n×n and row-major. */
  readonly lu: Float64Array;
  readonly rows: Int32Array;
  /** The sign of the permutation. */
  readonly sign: number;
}

/** Factors the n×n matrix at an offset. */
export function factor(store: Float64Array, offset: number, n: number): Factorization {
  const lu = store.slice(offset, offset + n * n);
  const rows = new Int32Array(n);
  return { lu, rows, sign: luFactor(lu, 0, rows, n) };
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
