import { FluxionError } from "@fluxion/core";
import { at, type ComplexArray, put } from "../array.ts";
import { type Complex, add, complex, div, modulus, mul, neg, ONE, scale, sub } from "../functions/complex.ts";
import { sqrt } from "../functions/exponential.ts";

/** A square matrix as rows of complex numbers. */
export type Matrix = Complex[][];

const ZERO = complex(0, 0);

/** The rows of a matrix that begins at an offset. */
export function matrixAt(x: ComplexArray, offset: number, rows: number, columns: number): Matrix {
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => at(x, offset + i * columns + j)),
  );
}

export function putMatrix(into: ComplexArray, offset: number, matrix: Matrix): void {
  matrix.forEach((row, i) => row.forEach((entry, j) => put(into, offset + i * row.length + j, entry)));
}

export function identity(n: number): Matrix {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? ONE : ZERO)));
}

/** What elimination leaves: the pivots, with the sign of the exchanges of rows, and the right-hand sides reduced alike. */
export interface Elimination {
  readonly upper: Matrix;
  readonly right: Matrix;
  readonly sign: number;
}

/** Gaussian elimination with the largest pivot of each column. Source: Golub and Van Loan, 4th edition, §3.4. */
export function eliminate(matrix: Matrix, sides: Matrix): Elimination {
  const n = matrix.length;
  const upper = matrix.map((row) => row.slice());
  const right = sides.map((row) => row.slice());
  let sign = 1;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (modulus(upper[i]![k]!) > modulus(upper[best]![k]!)) best = i;
    if (best !== k) {
      [upper[k], upper[best]] = [upper[best]!, upper[k]!];
      [right[k], right[best]] = [right[best]!, right[k]!];
      sign = -sign;
    }
    if (modulus(upper[k]![k]!) === 0) continue;
    for (let i = k + 1; i < n; i++) {
      const factor = div(upper[i]![k]!, upper[k]![k]!);
      subtractRow(upper[i]!, factor, upper[k]!, k);
      subtractRow(right[i]!, factor, right[k]!, 0);
    }
  }
  return { upper, right, sign };
}

function subtractRow(from: Complex[], factor: Complex, row: readonly Complex[], first: number): void {
  if (factor.re === 0 && factor.im === 0) return;
  for (let j = first; j < row.length; j++) from[j] = sub(from[j]!, mul(factor, row[j]!));
}

/** X in T·X = B for a triangle T. Throws `DOMAIN` for a zero on its diagonal. */
export function substitute(
  triangle: Matrix,
  sides: Matrix,
  isLower: boolean,
  hasUnitDiagonal: boolean,
): Matrix {
  const n = triangle.length;
  const solution: Matrix = sides.map((row) => row.slice());
  const order = isLower ? [...triangle.keys()] : [...triangle.keys()].reverse();
  for (const i of order) {
    const pivot = hasUnitDiagonal ? ONE : triangle[i]![i]!;
    if (modulus(pivot) === 0)
      throw new FluxionError(
        "DOMAIN",
        `numericFd, method "complexStep": a ${n}×${n} matrix is singular (elimination met a zero pivot in row ${i}). ` +
          "Check it with det or logdet first, or add a small multiple of eye(n) to it.",
      );
    solution[i] = solution[i]!.map((entry) => div(entry, pivot));
    for (const row of isLower ? order.slice(i + 1) : order.slice(n - i))
      subtractRow(solution[row]!, triangle[row]![i]!, solution[i], 0);
  }
  return solution;
}

/** The lower triangle L with L·Lᵀ = (A + Aᵀ)/2, without conjugation. Throws `DOMAIN`. */
export function choleskyOf(matrix: Matrix): Matrix {
  const n = matrix.length;
  const lower: Matrix = Array.from({ length: n }, () => new Array<Complex>(n).fill(ZERO));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = scale(0.5, add(matrix[i]![j]!, matrix[j]![i]!));
      for (let k = 0; k < j; k++) rest = add(rest, neg(mul(lower[i]![k]!, lower[j]![k]!)));
      if (i === j && rest.re <= 0)
        throw new FluxionError(
          "DOMAIN",
          `numericFd, method "complexStep": cholesky: the real part of the ${n}×${n} matrix is not positive definite ` +
            `(its leading minor of order ${i + 1} is not positive). Covariances often need a small multiple of eye(n) added.`,
        );
      lower[i]![j] = i === j ? sqrt(rest) : div(rest, lower[j]![j]!);
    }
  }
  return lower;
}
