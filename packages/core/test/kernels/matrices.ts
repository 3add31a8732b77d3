import fc from "fast-check";

export const runs: number = Number(process.env["FLUXION_RUNS"] ?? 200);

/** A matrix inside an array, at an offset and with strides: entry (i, j) is data[offset + i·row + j·column]. */
export interface Strided {
  readonly data: Float64Array;
  readonly offset: number;
  readonly row: number;
  readonly column: number;
}

export const at = (a: Strided, i: number, j: number): number => a.data[a.offset + i * a.row + j * a.column]!;

const entry: fc.Arbitrary<number> = fc
  .double({ min: -8, max: 8, noNaN: true })
  .map((x) => Math.round(x * 1e6) / 1e6);

/** Row-major or transposed storage, with gaps between the rows and something before and after. */
export function strided(
  rows: number,
  columns: number,
  value: fc.Arbitrary<number> = entry,
): fc.Arbitrary<Strided> {
  return fc
    .record({
      transposed: fc.boolean(),
      gap: fc.nat(2),
      spread: fc.integer({ min: 1, max: 2 }),
      offset: fc.nat(3),
      seed: fc.infiniteStream(value),
    })
    .map(({ transposed, gap, spread, offset, seed }) => {
      const [major, minor] = transposed ? [columns, rows] : [rows, columns];
      const pitch = minor * spread + gap;
      const data = Float64Array.from(
        { length: offset + major * pitch + 2 },
        () => seed.next().value as number,
      );
      return transposed
        ? { data, offset, row: spread, column: pitch }
        : { data, offset, row: pitch, column: spread };
    });
}

export const dense = (data: Float64Array, columns: number): Strided => ({
  data,
  offset: 0,
  row: columns,
  column: 1,
});

/** The product by definition. */
export function naiveProduct(a: Strided, b: Strided, m: number, k: number, n: number): Float64Array {
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let l = 0; l < k; l++) s += at(a, i, l) * at(b, l, j);
      c[i * n + j] = s;
    }
  return c;
}

/** Deterministic entries in (-1, 1), for sizes that fast-check would be slow to fill. */
export function pseudoRandom(length: number, seed: number): Float64Array {
  let state = seed >>> 0 || 1;
  return Float64Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 31 - 1;
  });
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= largest))
      largest = Object.is(a[i], b[i]) ? largest : Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}

export function largest(a: ArrayLike<number>): number {
  return Array.from(a).reduce((m, x) => Math.max(m, Math.abs(x)), 0);
}

/** The infinity norm of an n×n matrix. */
export function norm(a: Float64Array, n: number): number {
  let result = 0;
  for (let i = 0; i < n; i++)
    result = Math.max(
      result,
      a.subarray(i * n, i * n + n).reduce((s, x) => s + Math.abs(x), 0),
    );
  return result;
}

export const identity = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, p) => (p % (n + 1) === 0 ? 1 : 0));
