/**
 * The matrix product for sizes at which copying the operands pays: blocks of both are copied ("packed") into two
 * buffers in the order in which a 2×4 register tile reads them.
 *
 * The buffers are module constants and the integers are kept in 32 bits (`| 0`) because V8 then folds address and
 * length into the code: 7.8 instead of 5 GFlop/s. Packing also makes strides free, so transposes cost nothing.
 * Source: Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (2008).
 */
const TILE_ROWS = 2;
const TILE_COLUMNS = 4;
const BLOCK_ROWS = 128;
const BLOCK_INNER = 128;
const BLOCK_COLUMNS = 256;

const packedA: Float64Array = /* @__PURE__ */ new Float64Array(BLOCK_ROWS * BLOCK_INNER);
const packedB: Float64Array = /* @__PURE__ */ new Float64Array(BLOCK_INNER * BLOCK_COLUMNS);
/** Where tiles that stick out of the result are computed. */
const edge: Float64Array = /* @__PURE__ */ new Float64Array(TILE_ROWS * TILE_COLUMNS);

/**
 * Adds scale·A·B to an m×n matrix, row-major at `outOffset` with rows `outRow` entries apart. A is m×k with entry
 * (i, l) at `aOffset + i·aRow + l·aColumn`, B is k×n likewise.
 */
export function accumulateProduct(
  out: Float64Array, outOffset: number, outRow: number, scale: number,
  a: Float64Array, aOffset: number, aRow: number, aColumn: number,
  b: Float64Array, bOffset: number, bRow: number, bColumn: number,
  m: number, k: number, n: number,
): void {
  for (let j = 0; j < n; j += BLOCK_COLUMNS) {
    const columns = Math.min(BLOCK_COLUMNS, n - j);
    for (let l = 0; l < k; l += BLOCK_INNER) {
      const inner = Math.min(BLOCK_INNER, k - l);
      packB(b, bOffset + l * bRow + j * bColumn, bRow, bColumn, inner, columns);
      for (let i = 0; i < m; i += BLOCK_ROWS) {
        const rows = Math.min(BLOCK_ROWS, m - i);
        packA(a, aOffset + i * aRow + l * aColumn, aRow, aColumn, scale, rows, inner);
        multiplyBlocks(out, outOffset + i * outRow + j, outRow, rows, inner, columns);
      }
    }
  }
} // prettier-ignore

/** Panels of two rows: entries (i, l), (i+1, l), (i, l+1), …; an odd last row is paired with zeros. */
function packA(
  a: Float64Array,
  offset: number,
  row: number,
  column: number,
  scale: number,
  m: number,
  k: number,
): void {
  let to = 0;
  for (let i = 0; i < m; i += TILE_ROWS) {
    let p = (offset + i * row) | 0;
    if (i + 1 < m) {
      for (let l = 0; l < k; l++) {
        packedA[to] = scale * a[p]!;
        packedA[(to + 1) | 0] = scale * a[(p + row) | 0]!;
        to = (to + 2) | 0;
        p = (p + column) | 0;
      }
    } else {
      for (let l = 0; l < k; l++) {
        packedA[to] = scale * a[p]!;
        packedA[(to + 1) | 0] = 0;
        to = (to + 2) | 0;
        p = (p + column) | 0;
      }
    }
  }
}

/** Panels of four columns: entries (l, j), …, (l, j+3), (l+1, j), …; missing columns are zeros. */
function packB(b: Float64Array, offset: number, row: number, column: number, k: number, n: number): void {
  let to = 0;
  for (let j = 0; j < n; j += TILE_COLUMNS) {
    let p = (offset + j * column) | 0;
    const width = n - j;
    if (width >= TILE_COLUMNS) {
      const second = column;
      const third = 2 * column;
      const fourth = 3 * column;
      for (let l = 0; l < k; l++) {
        packedB[to] = b[p]!;
        packedB[(to + 1) | 0] = b[(p + second) | 0]!;
        packedB[(to + 2) | 0] = b[(p + third) | 0]!;
        packedB[(to + 3) | 0] = b[(p + fourth) | 0]!;
        to = (to + 4) | 0;
        p = (p + row) | 0;
      }
    } else {
      for (let l = 0; l < k; l++) {
        packedB[to] = b[p]!;
        packedB[(to + 1) | 0] = width > 1 ? b[p + column]! : 0;
        packedB[(to + 2) | 0] = width > 2 ? b[p + 2 * column]! : 0;
        packedB[(to + 3) | 0] = 0;
        to = (to + 4) | 0;
        p = (p + row) | 0;
      }
    }
  }
}

function multiplyBlocks(
  out: Float64Array,
  offset: number,
  outRow: number,
  m: number,
  k: number,
  n: number,
): void {
  for (let j = 0; j < n; j += TILE_COLUMNS) {
    for (let i = 0; i < m; i += TILE_ROWS) {
      const to = (offset + i * outRow + j) | 0;
      if (i + TILE_ROWS <= m && j + TILE_COLUMNS <= n) {
        multiplyTile(out, to, outRow, i * k, j * k, k);
      } else {
        edge.fill(0);
        multiplyTile(edge, 0, TILE_COLUMNS, i * k, j * k, k);
        const rows = Math.min(TILE_ROWS, m - i);
        const columns = Math.min(TILE_COLUMNS, n - j);
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++) {
            const at = to + r * outRow + c;
            out[at] = out[at]! + edge[r * TILE_COLUMNS + c]!;
          }
      }
    }
  }
}

/** Adds the product of one panel of A and one of B to a 2×4 tile. */
function multiplyTile(
  out: Float64Array,
  to: number,
  outRow: number,
  fromA: number,
  fromB: number,
  k: number,
): void {
  let c00 = 0, c01 = 0, c02 = 0, c03 = 0; // prettier-ignore
  let c10 = 0, c11 = 0, c12 = 0, c13 = 0; // prettier-ignore
  const end = (fromA + TILE_ROWS * k) | 0;
  for (let p = fromA | 0, q = fromB | 0; p < end; p = (p + 2) | 0, q = (q + 4) | 0) {
    const a0 = packedA[p]!;
    const a1 = packedA[(p + 1) | 0]!;
    const b0 = packedB[q]!;
    c00 += a0 * b0;
    c10 += a1 * b0;
    const b1 = packedB[(q + 1) | 0]!;
    c01 += a0 * b1;
    c11 += a1 * b1;
    const b2 = packedB[(q + 2) | 0]!;
    c02 += a0 * b2;
    c12 += a1 * b2;
    const b3 = packedB[(q + 3) | 0]!;
    c03 += a0 * b3;
    c13 += a1 * b3;
  }
  out[to] = out[to]! + c00;
  out[to + 1] = out[to + 1]! + c01;
  out[to + 2] = out[to + 2]! + c02;
  out[to + 3] = out[to + 3]! + c03;
  const below = to + outRow;
  out[below] = out[below]! + c10;
  out[below + 1] = out[below + 1]! + c11;
  out[below + 2] = out[below + 2]! + c12;
  out[below + 3] = out[below + 3]! + c13;
}
