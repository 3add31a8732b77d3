/**
 * The matrix product for sizes at which packing doesn't pay: 2×2 register tiles read straight from the operands.
 * A is m×k with entry (i, l) at `aOffset + i·aRow + l·aColumn`, B is k×n likewise; the m×n result is row-major at
 * `outOffset`.
 *
 * In a last odd row or column the tile holds that row or column twice and writes it twice: no separate edge code.
 */
export function multiplyDirect(
  out: Float64Array, outOffset: number,
  a: Float64Array, aOffset: number, aRow: number, aColumn: number,
  b: Float64Array, bOffset: number, bRow: number, bColumn: number,
  m: number, k: number, n: number,
): void {
  for (let i = 0; i < m; i += 2) {
    const rowStep = i + 1 < m ? 1 : 0;
    const aBelow = (rowStep * aRow) | 0;
    const outBelow = (rowStep * n) | 0;
    const aStart = (aOffset + i * aRow) | 0;
    const outStart = (outOffset + i * n) | 0;
    for (let j = 0; j < n; j += 2) {
      const columnStep = j + 1 < n ? 1 : 0;
      const bRight = (columnStep * bColumn) | 0;
      let p = aStart;
      let q = (bOffset + j * bColumn) | 0;
      let c00 = 0, c01 = 0, c10 = 0, c11 = 0; // prettier-ignore
      for (let l = 0; l < k; l++) {
        const a0 = a[p]!;
        const a1 = a[(p + aBelow) | 0]!;
        const b0 = b[q]!;
        const b1 = b[(q + bRight) | 0]!;
        c00 += a0 * b0;
        c01 += a0 * b1;
        c10 += a1 * b0;
        c11 += a1 * b1;
        p = (p + aColumn) | 0;
        q = (q + bRow) | 0;
      }
      const to = (outStart + j) | 0;
      out[to] = c00;
      out[to + columnStep] = c01;
      out[to + outBelow] = c10;
      out[to + outBelow + columnStep] = c11;
    }
  }
} // prettier-ignore
