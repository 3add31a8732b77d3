import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matmul } from "../../src/kernels/matmul.ts";
import { multiplyDirect } from "../../src/kernels/matmul-direct.ts";
import { accumulateProduct } from "../../src/kernels/matmul-packed.ts";
import {
  at,
  dense,
  largestDifference,
  naiveProduct,
  pseudoRandom,
  runs,
  strided,
  type Strided,
} from "./matrices.ts";

function product(a: Strided, b: Strided, m: number, k: number, n: number): Float64Array {
  const out = new Float64Array(m * n + 4).fill(77);
  matmul(out, 2, a.data, a.offset, a.row, a.column, b.data, b.offset, b.row, b.column, m, k, n);
  expect([out[0], out[1], out[m * n + 2], out[m * n + 3]]).toEqual([77, 77, 77, 77]);
  return out.subarray(2, m * n + 2);
}

const size = fc.oneof(fc.nat(6), fc.integer({ min: 6, max: 24 }));
const operands = fc.tuple(size, size, size).chain(([m, k, n]) =>
  fc.record({
    m: fc.constant(m),
    k: fc.constant(k),
    n: fc.constant(n),
    a: strided(m, k),
    b: strided(k, n),
  }),
);

/** |computed − exact| ≤ k·ε·Σ|a||b| for any order of summation; both sides are rounded. */
const tolerance = (k: number, bound: number): number => 2 * (k + 1) * 2 ** -52 * k * bound;

describe("matmul", () => {
  it("is the sum over the inner index, for any strides and sizes", () => {
    fc.assert(
      fc.property(operands, ({ a, b, m, k, n }) => {
        expect(largestDifference(product(a, b, m, k, n), naiveProduct(a, b, m, k, n))).toBeLessThanOrEqual(
          tolerance(k, 64),
        );
      }),
      { numRuns: runs },
    );
  });

  it("is exact on integers, at every path and block boundary", () => {
    const sizes: readonly (readonly [number, number, number])[] = [
      [1, 1, 1], [2, 3, 2], [5, 5, 5], [12, 12, 12], [13, 11, 14], [17, 129, 5], [127, 128, 255], [129, 130, 257], [3, 300, 300], [260, 3, 7], [128, 256, 6],
    ]; // prettier-ignore
    for (const [m, k, n] of sizes) {
      const a = pseudoRandom(m * k, 7 * m + k).map((x) => Math.round(8 * x));
      const b = pseudoRandom(k * n, 5 * n + k).map((x) => Math.round(8 * x));
      for (const transposeA of [false, true])
        for (const transposeB of [false, true]) {
          const left: Strided = transposeA ? { data: a, offset: 0, row: 1, column: m } : dense(a, k);
          const right: Strided = transposeB ? { data: b, offset: 0, row: 1, column: k } : dense(b, n);
          expect(
            largestDifference(product(left, right, m, k, n), naiveProduct(left, right, m, k, n)),
            `${m}×${k}×${n}`,
          ).toBe(0);
        }
    }
  });

  it("gives zeros for an empty sum, and nothing for an empty result", () => {
    expect(
      Array.from(product(dense(new Float64Array(0), 0), dense(new Float64Array(0), 3), 2, 0, 3)),
    ).toEqual([0, 0, 0, 0, 0, 0]);
    expect(product(dense(new Float64Array(0), 3), dense(new Float64Array(6), 2), 0, 3, 2).length).toBe(0);
  });

  it("propagates NaN and 0·∞ at every size, and into no entry but the ones they belong to", () => {
    for (const n of [1, 2, 3, 5, 6, 11, 13, 30]) {
      for (const special of [NaN, Infinity]) {
        const a = new Float64Array(n * n);
        a[n * n - 1] = special;
        const c = product(dense(a, n), dense(new Float64Array(n * n), n), n, n, n);
        c.forEach((x, p) => expect(x, `${p} of ${n}×${n}`).toEqual(p >= n * (n - 1) ? NaN : 0));
      }
    }
  });

  it("adds a scaled product to part of a matrix", () => {
    fc.assert(
      fc.property(operands, fc.constantFrom(1, -1, 0.5), ({ a, b, m, k, n }, scale) => {
        const row = n + 3;
        const out = Float64Array.from({ length: m * row + 1 }, (_, p) => p);
        const exact = naiveProduct(a, b, m, k, n);
        accumulateProduct(
          out,
          1,
          row,
          scale,
          a.data,
          a.offset,
          a.row,
          a.column,
          b.data,
          b.offset,
          b.row,
          b.column,
          m,
          k,
          n,
        );
        out.forEach((x, p) => {
          const [i, j] = [Math.floor((p - 1) / row), (p - 1) % row];
          const expected = p > 0 && j < n ? p + scale * exact[i * n + j]! : p;
          expect(Math.abs(x - expected)).toBeLessThanOrEqual(j < n && p > 0 ? tolerance(k, 64) + 1e-12 : 0);
        });
      }),
      { numRuns: runs },
    );
  });

  it("reads through strides without packing as well", () => {
    fc.assert(
      fc.property(operands, ({ a, b, m, k, n }) => {
        const out = new Float64Array(m * n);
        multiplyDirect(out, 0, a.data, a.offset, a.row, a.column, b.data, b.offset, b.row, b.column, m, k, n);
        for (let i = 0; i < m; i++)
          for (let j = 0; j < n; j++) {
            let s = 0;
            for (let l = 0; l < k; l++) s += at(a, i, l) * at(b, l, j);
            expect(out[i * n + j]).toBe(s);
          }
      }),
      { numRuns: runs },
    );
  });
});
