import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dot, matvec, outer } from "../../src/kernels/matvec.ts";
import { at, largestDifference, naiveProduct, runs, strided } from "./matrices.ts";

const operands = fc
  .tuple(fc.nat(11), fc.nat(11))
  .chain(([m, n]) =>
    fc.record({ m: fc.constant(m), n: fc.constant(n), a: strided(m, n), x: strided(n, 1), y: strided(m, 1) }),
  );

describe("matvec", () => {
  it("is a matrix product with one column, for any strides", () => {
    fc.assert(
      fc.property(operands, ({ a, x, m, n }) => {
        const out = new Float64Array(m + 2).fill(5);
        matvec(out, 1, a.data, a.offset, a.row, a.column, x.data, x.offset, x.row, m, n);
        expect([out[0], out[m + 1]]).toEqual([5, 5]);
        expect(largestDifference(out.subarray(1, m + 1), naiveProduct(a, x, m, n, 1))).toBeLessThanOrEqual(
          1e-11,
        );
      }),
      { numRuns: runs },
    );
  });

  it("doesn't skip zeros", () => {
    for (const [row, column] of [[6, 1], [1, 6]] as const) {
      const out = new Float64Array(6);
      matvec(out, 0, new Float64Array(36).fill(Infinity), 0, row, column, new Float64Array(6), 0, 1, 6, 6);
      expect(Array.from(out)).toEqual(Array(6).fill(NaN));
    } // prettier-ignore
  });
});

describe("dot and outer", () => {
  it("dot is the sum of products", () => {
    fc.assert(
      fc.property(
        fc.nat(15).chain((n) => fc.tuple(fc.constant(n), strided(n, 1), strided(n, 1))),
        ([n, x, y]) => {
          let s = 0;
          for (let i = 0; i < n; i++) s += at(x, i, 0) * at(y, i, 0);
          expect(Math.abs(dot(x.data, x.offset, x.row, y.data, y.offset, y.row, n) - s)).toBeLessThanOrEqual(
            1e-11,
          );
        },
      ),
      { numRuns: runs },
    );
  });

  it("outer holds every product", () => {
    fc.assert(
      fc.property(operands, ({ x, y, m, n }) => {
        const out = new Float64Array(m * n + 1).fill(5);
        outer(out, 1, y.data, y.offset, y.row, x.data, x.offset, x.row, m, n);
        expect(out[0]).toBe(5);
        for (let i = 0; i < m; i++)
          for (let j = 0; j < n; j++) expect(out[1 + i * n + j]).toBe(at(y, i, 0) * at(x, j, 0));
      }),
      { numRuns: runs },
    );
  });
});
