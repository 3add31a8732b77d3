/** Entries that are added one after the other, at most. */
const BLOCK = 256;
/** Rows that are, at most. */
const ROWS = 64;

/**
 * The sum of the entries `data[start + i·step]`, i < length. A block of them is added by four accumulators side by side,
 * more in halves, as NumPy does: the error grows with log n instead of n, and it takes less time than one accumulator
 * (Neumaier's compensated sum takes twice as long). Starting from -0, the sum of zeros keeps their sign.
 * Source: N. Higham, "The Accuracy of Floating Point Summation", SIAM J. Sci. Comput. 14 (1993).
 */
export function pairwiseSum(data: Float64Array, start: number, length: number, step: number): number {
  if (length > BLOCK) {
    const half = length >> 1;
    return pairwiseSum(data, start, half, step) + pairwiseSum(data, start + half * step, length - half, step);
  }
  if (length === 0) return 0;
  let a = -0;
  let b = -0;
  let c = -0;
  let d = -0;
  let i = start;
  const end = start + length * step;
  for (; i + 3 * step < end; i += 4 * step) {
    a += data[i]!;
    b += data[i + step]!;
    c += data[i + 2 * step]!;
    d += data[i + 3 * step]!;
  }
  let total = a + b + (c + d);
  for (; i < end; i += step) total += data[i]!;
  return total;
}

/** The sum of the squares of the entries times a scale. */
export function pairwiseSquares(
  data: Float64Array,
  start: number,
  length: number,
  step: number,
  scale: number,
): number {
  if (length > BLOCK) {
    const half = length >> 1;
    const first = pairwiseSquares(data, start, half, step, scale);
    return first + pairwiseSquares(data, start + half * step, length - half, step, scale);
  }
  let even = 0;
  let odd = 0;
  const end = start + length * step;
  for (let i = start; i < end; i += 2 * step) {
    const x = data[i]! * scale;
    const y = i + step < end ? data[i + step]! * scale : 0;
    even += x * x;
    odd += y * y;
  }
  return even + odd;
}

/** Adds rows (of `width` entries, one behind the other) to one, so that memory is read in order. */
export function pairwiseRows(
  out: Float64Array,
  to: number,
  data: Float64Array,
  start: number,
  rows: number,
  width: number,
): void {
  if (rows > ROWS) {
    const half = rows >> 1;
    const second = new Float64Array(width);
    pairwiseRows(out, to, data, start, half, width);
    pairwiseRows(second, 0, data, start + half * width, rows - half, width);
    for (let p = 0; p < width; p++) out[to + p]! += second[p]!;
    return;
  }
  out.fill(rows === 0 ? 0 : -0, to, to + width);
  const odd = rows % 4;
  for (let row = 0; row < odd; row++)
    for (let p = 0, from = start + row * width; p < width; p++) out[to + p]! += data[from + p]!;
  // Four rows at a time read and write the result a quarter as often.
  for (let row = odd; row < rows; row += 4) {
    const first = start + row * width;
    const second = first + width;
    const third = second + width;
    const fourth = third + width;
    for (let p = 0; p < width; p++)
      out[to + p]! += data[first + p]! + data[second + p]! + (data[third + p]! + data[fourth + p]!);
  }
}
