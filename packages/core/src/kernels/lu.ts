import { accumulateProduct } from "./matmul-packed.ts";
import { triangularSolve } from "./triangular.ts";

/** Columns that are factored one by one before the rest of the matrix is updated by one matrix product. */
const BLOCK = 32;

/**
 * Factors P·A = L·U in place, with partial pivoting. A is n×n, row-major and contiguous at `offset`; on return its
 * upper triangle is U and what lies strictly below is L without its unit diagonal. `rows` (n entries) receives P:
 * row i of P·A is row `rows[i]` of A.
 * Returns the sign of the permutation. A zero on the diagonal of U means that A is singular; NaN propagates.
 * Source: Golub and Van Loan, "Matrix Computations", 4th edition, algorithms 3.4.1 and 3.2.3 (blocked).
 */
export function luFactor(a: Float64Array, offset: number, rows: Int32Array, n: number): number {
  let sign = 1;
  for (let i = 0; i < n; i++) rows[i] = i;
  for (let start = 0; start < n; start += BLOCK) {
    const stop = Math.min(start + BLOCK, n);
    sign *= factorColumns(a, offset, rows, n, start, stop);
    const rest = n - stop;
    if (rest === 0) continue;
    const right = offset + start * n + stop;
    const corner = offset + start * n + start;
    triangularSolve(a, right, n, a, corner, n, 1, stop - start, rest, true, true);
    const below = offset + stop * n + start;
    accumulateProduct(
      a,
      offset + stop * n + stop,
      n,
      -1,
      a,
      below,
      n,
      1,
      a,
      right,
      n,
      1,
      rest,
      stop - start,
      rest,
    );
  }
  return sign;
}

/** Gaussian elimination within columns start…stop, interchanging whole rows. */
function factorColumns(
  a: Float64Array,
  offset: number,
  rows: Int32Array,
  n: number,
  start: number,
  stop: number,
): number {
  let sign = 1;
  for (let column = start; column < stop; column++) {
    const chosen = pivotRow(a, offset, n, column);
    if (chosen !== column) {
      swapRows(a, offset + column * n, offset + chosen * n, n);
      const row = rows[column]!;
      rows[column] = rows[chosen]!;
      rows[chosen] = row;
      sign = -sign;
    }
    const top = (offset + column * n) | 0;
    const pivot = a[top + column]!;
    if (pivot === 0) continue; // The column is zero from here down: nothing to eliminate, and A is singular.
    for (let i = column + 1; i < n; i++) {
      const row = (offset + i * n) | 0;
      const factor = a[row + column]! / pivot;
      a[row + column] = factor;
      for (let j = (column + 1) | 0; j < stop; j = (j + 1) | 0)
        a[(row + j) | 0] = a[(row + j) | 0]! - factor * a[(top + j) | 0]!;
    }
  }
  return sign;
}

/** The row at or below the diagonal with the largest entry in a column; a NaN counts as large, so that it spreads. */
function pivotRow(a: Float64Array, offset: number, n: number, column: number): number {
  let chosen = column;
  let largest = Math.abs(a[offset + column * n + column]!);
  for (let i = column + 1; i < n; i++) {
    const size = Math.abs(a[offset + i * n + column]!);
    if (!(size <= largest)) {
      largest = size;
      chosen = i;
    }
  }
  return chosen;
}

function swapRows(a: Float64Array, p: number, q: number, n: number): void {
  for (let j = 0; j < n; j++) {
    const entry = a[p + j]!;
    a[p + j] = a[q + j]!;
    a[q + j] = entry;
  }
}

/**
 * Solves A·X = B from the factors of A. B is n×k and X is n×k, both row-major and contiguous; they share no storage.
 * Returns the index of the first zero found on the diagonal of U (A is singular, X of no use), or -1.
 */
export function luSolve(
  x: Float64Array, xOffset: number,
  lu: Float64Array, luOffset: number, rows: Int32Array,
  b: Float64Array, bOffset: number,
  n: number, k: number,
): number {
  for (let i = 0; i < n; i++) {
    const from = bOffset + rows[i]! * k;
    for (let j = 0; j < k; j++) x[xOffset + i * k + j] = b[from + j]!;
  }
  triangularSolve(x, xOffset, k, lu, luOffset, n, 1, n, k, true, true);
  return triangularSolve(x, xOffset, k, lu, luOffset, n, 1, n, k, false, false);
} // prettier-ignore

/**
 * The inverse from the factors, n×n into `x`. Returns the index of the first zero found on the diagonal of U (A is
 * singular, X of no use), or -1.
 */
export function luInverse(
  x: Float64Array,
  xOffset: number,
  lu: Float64Array,
  luOffset: number,
  rows: Int32Array,
  n: number,
): number {
  x.fill(0, xOffset, xOffset + n * n);
  for (let i = 0; i < n; i++) x[xOffset + i * n + rows[i]!] = 1;
  triangularSolve(x, xOffset, n, lu, luOffset, n, 1, n, n, true, true);
  return triangularSolve(x, xOffset, n, lu, luOffset, n, 1, n, n, false, false);
}
