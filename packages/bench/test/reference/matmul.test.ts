import fc from "fast-check";
import { expect, test } from "vitest";
import { multiply, multiplyTransposedA, multiplyTransposedB } from "../../src/reference/matmul.ts";
import { seeded } from "../../src/data/index.ts";

const size = fc.integer({ min: 1, max: 11 });

/** c[i, j] = Σ a(i, p) b(p, j), one product at a time. */
function naive(
  m: number,
  k: number,
  n: number,
  a: (i: number, p: number) => number,
  b: (p: number, j: number) => number,
) {
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) for (let p = 0; p < k; p++) c[i * n + j]! += a(i, p) * b(p, j);
  return c;
}

function expectClose(found: Float64Array, expected: Float64Array) {
  expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 12));
}

test("the three products agree with the definition at every size", () => {
  fc.assert(
    fc.property(size, size, size, fc.integer({ min: 0, max: 999 }), (m, k, n, seed) => {
      const random = seeded(seed);
      const A = random.normal(m * k);
      const B = random.normal(k * n);
      const C = new Float64Array(m * n).fill(NaN);
      multiply(A, B, C, m, k, n);
      expectClose(
        C,
        naive(
          m,
          k,
          n,
          (i, p) => A[i * k + p]!,
          (p, j) => B[p * n + j]!,
        ),
      );
      multiplyTransposedA(A, B, C, m, k, n);
      expectClose(
        C,
        naive(
          m,
          k,
          n,
          (i, p) => A[p * m + i]!,
          (p, j) => B[p * n + j]!,
        ),
      );
      multiplyTransposedB(A, B, C, m, k, n);
      expectClose(
        C,
        naive(
          m,
          k,
          n,
          (i, p) => A[i * k + p]!,
          (p, j) => B[j * k + p]!,
        ),
      );
    }),
  );
});
