/**
 * y = A·x for an m×n matrix A with entry (i, j) at `aOffset + i·aRow + j·aColumn`, x with entries `xStep` apart; y is
 * contiguous at `outOffset`. The transpose is the same call with the two strides exchanged.
 *
 * Reads A along its shorter stride: by rows (four dot products at a time) or by columns (four at a time are added up).
 */
export function matvec(
  out: Float64Array, outOffset: number,
  a: Float64Array, aOffset: number, aRow: number, aColumn: number,
  x: Float64Array, xOffset: number, xStep: number,
  m: number, n: number,
): void {
  if (Math.abs(aRow) < Math.abs(aColumn) && m > 4) byColumns(out, outOffset, a, aOffset, aRow, aColumn, x, xOffset, xStep, m, n);
  else byRows(out, outOffset, a, aOffset, aRow, aColumn, x, xOffset, xStep, m, n);
} // prettier-ignore

function byRows(
  out: Float64Array, outOffset: number,
  a: Float64Array, aOffset: number, aRow: number, aColumn: number,
  x: Float64Array, xOffset: number, xStep: number,
  m: number, n: number,
): void {
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    let p0 = (aOffset + i * aRow) | 0;
    let p1 = (p0 + aRow) | 0;
    let p2 = (p1 + aRow) | 0;
    let p3 = (p2 + aRow) | 0;
    let q = xOffset | 0;
    let y0 = 0, y1 = 0, y2 = 0, y3 = 0;
    for (let j = 0; j < n; j++) {
      const xj = x[q]!;
      y0 += a[p0]! * xj;
      y1 += a[p1]! * xj;
      y2 += a[p2]! * xj;
      y3 += a[p3]! * xj;
      p0 = (p0 + aColumn) | 0;
      p1 = (p1 + aColumn) | 0;
      p2 = (p2 + aColumn) | 0;
      p3 = (p3 + aColumn) | 0;
      q = (q + xStep) | 0;
    }
    out[outOffset + i] = y0;
    out[outOffset + i + 1] = y1;
    out[outOffset + i + 2] = y2;
    out[outOffset + i + 3] = y3;
  }
  for (; i < m; i++) out[outOffset + i] = dot(a, aOffset + i * aRow, aColumn, x, xOffset, xStep, n);
} // prettier-ignore

function byColumns(
  out: Float64Array, outOffset: number,
  a: Float64Array, aOffset: number, aRow: number, aColumn: number,
  x: Float64Array, xOffset: number, xStep: number,
  m: number, n: number,
): void {
  out.fill(0, outOffset, outOffset + m);
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    const x0 = x[xOffset + j * xStep]!;
    const x1 = x[xOffset + (j + 1) * xStep]!;
    const x2 = x[xOffset + (j + 2) * xStep]!;
    const x3 = x[xOffset + (j + 3) * xStep]!;
    let p0 = (aOffset + j * aColumn) | 0;
    let p1 = (p0 + aColumn) | 0;
    let p2 = (p1 + aColumn) | 0;
    let p3 = (p2 + aColumn) | 0;
    for (let i = 0, to = outOffset | 0; i < m; i++, to = (to + 1) | 0) {
      out[to] = out[to]! + (a[p0]! * x0 + a[p1]! * x1 + (a[p2]! * x2 + a[p3]! * x3));
      p0 = (p0 + aRow) | 0;
      p1 = (p1 + aRow) | 0;
      p2 = (p2 + aRow) | 0;
      p3 = (p3 + aRow) | 0;
    }
  }
  for (; j < n; j++) {
    const xj = x[xOffset + j * xStep]!;
    let p = (aOffset + j * aColumn) | 0;
    for (let i = 0, to = outOffset | 0; i < m; i++, to = (to + 1) | 0) {
      out[to] = out[to]! + a[p]! * xj;
      p = (p + aRow) | 0;
    }
  }
} // prettier-ignore

/** The sum of x_i·y_i over n entries, `xStep` and `yStep` apart; four partial sums. */
export function dot(
  x: Float64Array, xOffset: number, xStep: number,
  y: Float64Array, yOffset: number, yStep: number,
  n: number,
): number {
  let p = xOffset | 0;
  let q = yOffset | 0;
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    s0 += x[p]! * y[q]!;
    p = (p + xStep) | 0;
    q = (q + yStep) | 0;
    s1 += x[p]! * y[q]!;
    p = (p + xStep) | 0;
    q = (q + yStep) | 0;
    s2 += x[p]! * y[q]!;
    p = (p + xStep) | 0;
    q = (q + yStep) | 0;
    s3 += x[p]! * y[q]!;
    p = (p + xStep) | 0;
    q = (q + yStep) | 0;
  }
  let s = s0 + s1 + (s2 + s3);
  for (; i < n; i++) {
    s += x[p]! * y[q]!;
    p = (p + xStep) | 0;
    q = (q + yStep) | 0;
  }
  return s;
} // prettier-ignore

/** The m×n matrix of products x_i·y_j, row-major at `outOffset`; x has entries `xStep` apart, y `yStep`. */
export function outer(
  out: Float64Array, outOffset: number,
  x: Float64Array, xOffset: number, xStep: number,
  y: Float64Array, yOffset: number, yStep: number,
  m: number, n: number,
): void {
  let to = outOffset | 0;
  for (let i = 0; i < m; i++) {
    const xi = x[xOffset + i * xStep]!;
    let q = yOffset | 0;
    for (let j = 0; j < n; j++) {
      out[to] = xi * y[q]!;
      to = (to + 1) | 0;
      q = (q + yStep) | 0;
    }
  }
} // prettier-ignore
