import { FluxionError } from "@fluxion/core";

/** The solution of Ax = b for symmetric positive definite A [n, n], row-major, by Cholesky's A = LLᵀ. */
export function solvePositiveDefinite(A: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const L = cholesky(A, n);
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) x[i]! -= L[i * n + j]! * x[j]!;
    x[i]! /= L[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i]! -= L[j * n + i]! * x[j]!;
    x[i]! /= L[i * n + i]!;
  }
  return x;
}

function cholesky(A: Float64Array, n: number): Float64Array {
  const L = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = A[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= L[i * n + k]! * L[j * n + k]!;
      L[i * n + j] = i === j ? Math.sqrt(positive(sum, j)) : sum / L[j * n + j]!;
    }
  }
  return L;
}

function positive(pivot: number, column: number): number {
  if (pivot > 0) return pivot;
  throw new FluxionError(
    "DOMAIN",
    `the matrix is not positive definite: pivot ${pivot} in column ${column}. Remove columns that depend on others.`,
  );
}
