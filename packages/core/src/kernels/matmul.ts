import { multiplyDirect } from "./matmul-direct.ts";
import { accumulateProduct } from "./matmul-packed.ts";
import { matvec, outer } from "./matvec.ts";

/** Fewer multiplications than this, or less of any length, and copying the operands costs more than it saves. */
const SMALLEST_PACKED_VOLUME = 1500;
const SMALLEST_PACKED_LENGTH = 6;

/**
 * C = A·B. A is m×k with entry (i, l) at `aOffset + i·aRow + l·aColumn`, B is k×n likewise, so that transposes and
 * slices need no copy; C is m×n, row-major and contiguous at `outOffset`, and shares no storage with A or B.
 * An empty sum (k = 0) is 0. Products with zeros follow IEEE: 0·∞ and 0·NaN are NaN.
 */
export function matmul(
  out: Float64Array, outOffset: number,
  a: Float64Array, aOffset: number, aRow: number, aColumn: number,
  b: Float64Array, bOffset: number, bRow: number, bColumn: number,
  m: number, k: number, n: number,
): void {
  if (m === 1 && n === 1 && k === 1) out[outOffset] = a[aOffset]! * b[bOffset]!;
  else if (n === 1) matvec(out, outOffset, a, aOffset, aRow, aColumn, b, bOffset, bRow, m, k);
  else if (m === 1) matvec(out, outOffset, b, bOffset, bColumn, bRow, a, aOffset, aColumn, n, k);
  else if (k === 1) outer(out, outOffset, a, aOffset, aRow, b, bOffset, bColumn, m, n);
  else if (m * n * k < SMALLEST_PACKED_VOLUME || Math.min(m, n, k) < SMALLEST_PACKED_LENGTH)
    multiplyDirect(out, outOffset, a, aOffset, aRow, aColumn, b, bOffset, bRow, bColumn, m, k, n);
  else {
    out.fill(0, outOffset, outOffset + m * n);
    accumulateProduct(out, outOffset, n, 1, a, aOffset, aRow, aColumn, b, bOffset, bRow, bColumn, m, k, n);
  }
} // prettier-ignore
