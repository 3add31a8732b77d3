import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cholesky } from "../../src/kernels/cholesky.ts";
import { triangularSolve } from "../../src/kernels/triangular.ts";
import {
  at,
  dense,
  largest,
  largestDifference,
  naiveProduct,
  pseudoRandom,
  runs,
  strided,
  type Strided,
} from "./matrices.ts";

describe("triangularSolve", () => {
  it("T·X = B, reading only the named triangle, for any strides", () => {
    const problem = fc
      .record({
        n: fc.oneof(fc.nat(9), fc.integer({ min: 30, max: 80 })),
        k: fc.nat(6),
        lower: fc.boolean(),
        unitDiagonal: fc.boolean(),
      })
      .chain((p) =>
        fc.record({
          p: fc.constant(p),
          t: strided(p.n, p.n),
          b: fc.constant(pseudoRandom(p.n * p.k, 3 + p.n)),
        }),
      );
    fc.assert(
      fc.property(problem, ({ p: { n, k, lower, unitDiagonal }, t, b }) => {
        const data = t.data.slice();
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) {
            const p = t.offset + i * t.row + j * t.column;
            if (i === j) data[p] = unitDiagonal ? NaN : 8 + Math.abs(data[p]!);
            else if (i > j !== lower) data[p] = NaN;
            else data[p] = data[p]! / n;
          }
        const x = b.slice();
        expect(triangularSolve(x, 0, k, data, t.offset, t.row, t.column, n, k, lower, unitDiagonal)).toBe(-1);
        const full: Strided = dense(new Float64Array(n * n), n);
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++)
            full.data[i * n + j] =
              i === j && unitDiagonal ? 1 : i === j || i > j === lower ? at({ ...t, data }, i, j) : 0;
        expect(largestDifference(naiveProduct(full, dense(x, k), n, n, k), b)).toBeLessThanOrEqual(
          1e-12 * (1 + largest(x)),
        );
      }),
      { numRuns: runs },
    );
  });

  it("returns the index of a zero on the diagonal", () => {
    const t = Float64Array.of(1, 0, 0, 1, 0, 0, 1, 1, 1);
    expect(triangularSolve(new Float64Array(3), 0, 1, t, 0, 3, 1, 3, 1, true, false)).toBe(1);
    expect(triangularSolve(new Float64Array(3), 0, 1, t, 0, 3, 1, 3, 1, true, true)).toBe(-1);
  });
});

describe("cholesky", () => {
  const input = fc.tuple(fc.nat(24), fc.integer({ min: 1, max: 1e9 }));

  it("L·Lᵀ = A for a positive definite A, L lower triangular with a positive diagonal", () => {
    fc.assert(
      fc.property(input, ([n, seed]) => {
        const g = pseudoRandom(n * n, seed);
        const a = naiveProduct(dense(g, n), { data: g, offset: 0, row: 1, column: n }, n, n, n);
        for (let i = 0; i < n; i++) a[i * n + i] = a[i * n + i]! + 0.1;
        const l = new Float64Array(n * n).fill(9);
        expect(cholesky(l, 0, a, 0, n)).toBe(-1);
        for (let i = 0; i < n; i++) {
          expect(l[i * n + i]).toBeGreaterThan(0);
          for (let j = i + 1; j < n; j++) expect(l[i * n + j]).toBe(0);
        }
        expect(
          largestDifference(naiveProduct(dense(l, n), { data: l, offset: 0, row: 1, column: n }, n, n, n), a),
        ).toBeLessThanOrEqual(1e-13 * (1 + n));
      }),
      { numRuns: runs },
    );
  });

  it("takes the symmetric part", () => {
    const [l, same] = [new Float64Array(4), new Float64Array(4)];
    cholesky(l, 0, Float64Array.of(4, 3, 1, 5), 0, 2);
    cholesky(same, 0, Float64Array.of(4, 2, 2, 5), 0, 2);
    expect(l).toEqual(same);
    expect(Array.from(l)).toEqual([2, 0, 1, 2]);
  });

  it("returns the first leading minor that is not positive, and lets NaN through", () => {
    expect(cholesky(new Float64Array(4), 0, Float64Array.of(1, 2, 2, 1), 0, 2)).toBe(1);
    expect(cholesky(new Float64Array(1), 0, Float64Array.of(0), 0, 1)).toBe(0);
    const l = new Float64Array(4);
    expect(cholesky(l, 0, Float64Array.of(1, NaN, NaN, 1), 0, 2)).toBe(-1);
    expect(l[2]).toBeNaN();
  });
});
