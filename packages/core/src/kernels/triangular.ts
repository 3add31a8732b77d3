import { accumulateProduct } from "./matmul-packed.ts";

/** Systems larger than this, with several right-hand sides, are halved: most of the work becomes a matrix product. */
const LARGEST_UNSPLIT = 32;
const FEWEST_COLUMNS_TO_SPLIT = 4;

/**
 * Solves T·X = B in place: X holds the n×k right-hand sides on entry and the solutions on return, row-major at
 * `xOffset` with rows `xRow` entries apart. T is n×n with entry (i, j) at `tOffset + i·tRow + j·tColumn`; `lower` says
 * which triangle is read, the other is ignored. For the transposed system exchange the strides and negate `lower`.
 * With `unitDiagonal` the diagonal is taken to be ones and not read.
 * Returns the index of the first diagonal entry met that is zero (X is then of no use), or -1.
 */
export function triangularSolve(
  x: Float64Array, xOffset: number, xRow: number,
  t: Float64Array, tOffset: number, tRow: number, tColumn: number,
  n: number, k: number, lower: boolean, unitDiagonal: boolean,
): number {
  if (n <= LARGEST_UNSPLIT || k < FEWEST_COLUMNS_TO_SPLIT)
    return substitute(x, xOffset, xRow, t, tOffset, tRow, tColumn, n, k, lower, unitDiagonal);
  // T = [T₁₁ T₁₂; T₂₁ T₂₂]: solve with one diagonal block, subtract what it contributes to the others' rows, solve there.
  const half = n >> 1;
  const [first, firstSize] = lower ? [0, half] : [half, n - half];
  const [second, secondSize] = lower ? [half, n - half] : [0, half];
  const diagonal = tRow + tColumn;
  const xFirst = xOffset + first * xRow;
  const xSecond = xOffset + second * xRow;
  const failure = triangularSolve(x, xFirst, xRow, t, tOffset + first * diagonal, tRow, tColumn, firstSize, k, lower, unitDiagonal);
  if (failure >= 0) return first + failure;
  const coupling = tOffset + second * tRow + first * tColumn;
  accumulateProduct(x, xSecond, xRow, -1, t, coupling, tRow, tColumn, x, xFirst, xRow, 1, secondSize, firstSize, k);
  const other = triangularSolve(x, xSecond, xRow, t, tOffset + second * diagonal, tRow, tColumn, secondSize, k, lower, unitDiagonal);
  return other >= 0 ? second + other : -1;
} // prettier-ignore

/** Substitution row by row: downwards for a lower and upwards for an upper triangle. */
function substitute(
  x: Float64Array, xOffset: number, xRow: number,
  t: Float64Array, tOffset: number, tRow: number, tColumn: number,
  n: number, k: number, lower: boolean, unitDiagonal: boolean,
): number {
  const step = lower ? 1 : -1;
  const first = lower ? 0 : n - 1;
  for (let count = 0; count < n; count++) {
    const i = first + step * count;
    const diagonal = unitDiagonal ? 1 : t[tOffset + i * tRow + i * tColumn]!;
    if (diagonal === 0) return i;
    const row = xOffset + i * xRow;
    const tStart = tOffset + i * tRow + first * tColumn;
    if (k === 1) subtractDot(x, row, xOffset + first * xRow, step * xRow, t, tStart, step * tColumn, count);
    else subtractRows(x, row, xOffset + first * xRow, step * xRow, t, tStart, step * tColumn, count, k);
    if (!unitDiagonal) for (let j = 0; j < k; j++) x[row + j] = x[row + j]! / diagonal;
  }
  return -1;
} // prettier-ignore

/** x[to] -= Σ t_j·x_j over `count` entries. */
function subtractDot(
  x: Float64Array, to: number, xStart: number, xStep: number,
  t: Float64Array, tStart: number, tStep: number, count: number,
): void {
  let s = x[to]!;
  let p = tStart | 0;
  let q = xStart | 0;
  for (let j = 0; j < count; j++) {
    s -= t[p]! * x[q]!;
    p = (p + tStep) | 0;
    q = (q + xStep) | 0;
  }
  x[to] = s;
} // prettier-ignore

/** The row of k entries at `to` minus Σ t_j·(row j), four rows at a time. */
function subtractRows(
  x: Float64Array, to: number, xStart: number, xStep: number,
  t: Float64Array, tStart: number, tStep: number, count: number, k: number,
): void {
  let j = 0;
  for (; j + 4 <= count; j += 4) {
    const p = tStart + j * tStep;
    const t0 = t[p]!;
    const t1 = t[p + tStep]!;
    const t2 = t[p + 2 * tStep]!;
    const t3 = t[p + 3 * tStep]!;
    let q0 = (xStart + j * xStep) | 0;
    let q1 = (q0 + xStep) | 0;
    let q2 = (q1 + xStep) | 0;
    let q3 = (q2 + xStep) | 0;
    for (let c = to | 0, end = (to + k) | 0; c < end; c = (c + 1) | 0) {
      x[c] = x[c]! - t0 * x[q0]! - t1 * x[q1]! - t2 * x[q2]! - t3 * x[q3]!;
      q0 = (q0 + 1) | 0;
      q1 = (q1 + 1) | 0;
      q2 = (q2 + 1) | 0;
      q3 = (q3 + 1) | 0;
    }
  }
  for (; j < count; j++) {
    const tj = t[tStart + j * tStep]!;
    let q = (xStart + j * xStep) | 0;
    for (let c = to | 0, end = (to + k) | 0; c < end; c = (c + 1) | 0) {
      x[c] = x[c]! - tj * x[q]!;
      q = (q + 1) | 0;
    }
  }
} // prettier-ignore
