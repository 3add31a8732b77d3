import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { luDeterminant, luLogDeterminant } from "../../src/kernels/determinant.ts";
import { luFactor, luInverse, luSolve } from "../../src/kernels/lu.ts";
import {
  dense,
  identity,
  largest,
  largestDifference,
  naiveProduct,
  norm,
  pseudoRandom,
  runs,
} from "./matrices.ts";

const EPSILON = 2 ** -52;

function factor(a: Float64Array, n: number): { lu: Float64Array; rows: Int32Array; sign: number } {
  const [lu, rows] = [a.slice(), new Int32Array(n)];
  return { lu, rows, sign: luFactor(lu, 0, rows, n) };
}

function determinant(a: Float64Array, n: number): number {
  const { lu, sign } = factor(a, n);
  return luDeterminant(lu, 0, sign, n);
}

/** Leibniz' formula, by expansion along the first row. */
function leibniz(a: readonly (readonly number[])[]): number {
  if (a.length === 0) return 1;
  return a[0]!.reduce(
    (s, x, j) => s + (j % 2 === 0 ? x : -x) * leibniz(a.slice(1).map((row) => row.filter((_, c) => c !== j))),
    0,
  );
}

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 1e9 }))
  .map(([n, seed]) => ({ n, a: pseudoRandom(n * n, seed) }));

describe("LU", () => {
  it("P·A = L·U, with multipliers of at most 1", () => {
    fc.assert(
      fc.property(matrix, ({ n, a }) => {
        const { lu, rows } = factor(a, n);
        const l = lu.map((x, p) => (p % n < Math.floor(p / n) ? x : p % n === Math.floor(p / n) ? 1 : 0));
        const u = lu.map((x, p) => (p % n >= Math.floor(p / n) ? x : 0));
        expect(largest(l)).toBe(1);
        const permuted = a.map((_, p) => a[rows[Math.floor(p / n)]! * n + (p % n)]!);
        expect(
          largestDifference(naiveProduct(dense(l, n), dense(u, n), n, n, n), permuted),
        ).toBeLessThanOrEqual(n * EPSILON * largest(u) * 4);
      }),
      { numRuns: runs },
    );
  });

  it("A·A⁻¹ = I within the condition number", () => {
    fc.assert(
      fc.property(matrix, ({ n, a }) => {
        const { lu, rows } = factor(a, n);
        const inverse = new Float64Array(n * n);
        expect(luInverse(inverse, 0, lu, 0, rows, n)).toBe(-1);
        const bound = 4 * n * EPSILON * norm(a, n) * norm(inverse, n);
        expect(
          largestDifference(naiveProduct(dense(a, n), dense(inverse, n), n, n, n), identity(n)),
        ).toBeLessThanOrEqual(bound);
      }),
      { numRuns: runs },
    );
  });

  it("solves for one and for many right-hand sides with a small residual", () => {
    fc.assert(
      fc.property(matrix, fc.nat(9), ({ n, a }, k) => {
        const { lu, rows } = factor(a, n);
        const b = pseudoRandom(n * k, n + 1);
        const x = new Float64Array(n * k + 1);
        expect(luSolve(x, 1, lu, 0, rows, b, 0, n, k)).toBe(-1);
        const residual = largestDifference(naiveProduct(dense(a, n), dense(x.subarray(1), k), n, n, k), b);
        expect(residual).toBeLessThanOrEqual(16 * n * n * EPSILON * (largest(x) + 1));
      }),
      { numRuns: runs },
    );
  });

  it("says where a singular matrix is singular", () => {
    for (const [a, n] of [[[0], 1], [[1, 2, 2, 4], 2], [[0, 0, 0, 0, 1, 2, 0, 3, 4], 3]] as const) {
      const { lu, rows, sign } = factor(Float64Array.from(a), n);
      expect(luInverse(new Float64Array(n * n), 0, lu, 0, rows, n)).toBeGreaterThanOrEqual(0);
      expect(luDeterminant(lu, 0, sign, n)).toBeCloseTo(0, 300);
      expect(luLogDeterminant(lu, 0, n)).toBe(-Infinity);
    } // prettier-ignore
  });

  it("passes a NaN on instead of calling the matrix singular", () => {
    expect(determinant(Float64Array.of(0, 1, NaN, 1), 2)).toBeNaN();
    const { lu, rows } = factor(Float64Array.of(0, 1, NaN, 1), 2);
    const inverse = new Float64Array(4);
    expect(luInverse(inverse, 0, lu, 0, rows, 2)).toBe(-1);
    expect(inverse.some(Number.isNaN)).toBe(true);
  });
});

describe("determinant", () => {
  it("agrees with Leibniz' formula on small integer matrices", () => {
    fc.assert(
      fc.property(
        fc.nat(5).chain((n) =>
          fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n, maxLength: n }), {
            minLength: n,
            maxLength: n,
          }),
        ),
        (a) => {
          expect(determinant(Float64Array.from(a.flat()), a.length)).toBeCloseTo(leibniz(a), 7);
        },
      ),
      { numRuns: runs },
    );
  });

  it("det(A·B) = det A · det B, and log|det| is its logarithm", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 1e9 }), (n, seed) => {
        const [a, b] = [pseudoRandom(n * n, seed), pseudoRandom(n * n, seed + 1)];
        const product = determinant(naiveProduct(dense(a, n), dense(b, n), n, n, n), n);
        const scale = largest(a) * largest(b) * n;
        expect(Math.abs(product - determinant(a, n) * determinant(b, n))).toBeLessThanOrEqual(
          1e-10 * Math.max(Math.abs(product), scale ** (n / 2)),
        );
        expect(luLogDeterminant(factor(a, n).lu, 0, n)).toBeCloseTo(
          Math.log(Math.abs(determinant(a, n))),
          12,
        );
      }),
      { numRuns: runs },
    );
  });

  it("doesn't overflow or underflow on the way", () => {
    const diagonal = (...entries: number[]): Float64Array =>
      identity(entries.length).map((x, p) => x * entries[Math.floor(p / entries.length)]!);
    expect(determinant(diagonal(1e300, 1e300, 1e-300, 1e-300), 4)).toBeCloseTo(1, 12);
    expect(determinant(diagonal(2 ** -1070, 2 ** -1070, 2 ** 1000, 2 ** 1000, 3 * 2 ** 140), 5)).toBe(3);
    expect(determinant(diagonal(1e200, 1e200), 2)).toBe(Infinity);
    expect(determinant(diagonal(1e200, -1e200), 2)).toBe(-Infinity);
    expect(Math.abs(determinant(diagonal(1e-200, 1e-200), 2))).toBe(0);
    expect(luLogDeterminant(diagonal(...Array<number>(50).fill(1e300)), 0, 50)).toBeCloseTo(
      15000 * Math.LN10,
      8,
    );
    expect(luLogDeterminant(diagonal(...Array<number>(50).fill(5e-324)), 0, 50)).toBeCloseTo(
      -1074 * 50 * Math.LN2,
      8,
    );
  });

  it("is 1 for the empty matrix, its logarithm 0", () => {
    expect(determinant(new Float64Array(0), 0)).toBe(1);
    expect(luLogDeterminant(new Float64Array(0), 0, 0)).toBe(0);
  });
});
