import { dot } from "./matvec.ts";

/**
 * The lower triangular L with L·Lᵀ = (A + Aᵀ)/2, row-major; zeros above the diagonal. A is n×n and contiguous at
 * `aOffset`, and shares no storage with L.
 * Returns the index of the first leading minor that is not positive (A is not positive definite, L of no use), or -1.
 * NaN in A is not an answer to that question: it propagates.
 * Source: Golub and Van Loan, "Matrix Computations", 4th edition, §4.2 (by rows).
 */
export function cholesky(
  l: Float64Array,
  lOffset: number,
  a: Float64Array,
  aOffset: number,
  n: number,
): number {
  for (let i = 0; i < n; i++) {
    const rowI = lOffset + i * n;
    for (let j = 0; j < i; j++) {
      const rowJ = lOffset + j * n;
      const entry = (a[aOffset + i * n + j]! + a[aOffset + j * n + i]!) / 2;
      l[rowI + j] = (entry - dot(l, rowI, 1, l, rowJ, 1, j)) / l[rowJ + j]!;
    }
    const square = a[aOffset + i * n + i]! - dot(l, rowI, 1, l, rowI, 1, i);
    if (square <= 0) return i;
    l[rowI + i] = Math.sqrt(square);
    l.fill(0, rowI + i + 1, rowI + n);
  }
  return -1;
}
