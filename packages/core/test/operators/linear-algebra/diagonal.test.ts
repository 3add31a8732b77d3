import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  diag,
  diagonal,
  diagonalMatrix,
  diagonalMatrixOperator,
  diagonalOperator,
} from "../../../src/operators/linear-algebra/diagonal.ts";
import { matrixTrace, traceOperator } from "../../../src/operators/linear-algebra/matrix-trace.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { concrete } from "../../../src/tensor/tensor.ts";
import { checkBatch, expectClose, expectError, runs, tensorOf } from "./tensors.ts";

const leading = fc.array(fc.nat(3), { maxLength: 2 });

describe("diagonal, diagonalMatrix, diag, matrixTrace", () => {
  it("the diagonal of a diagonal matrix is what it was made of, its trace the sum", () => {
    fc.assert(
      fc.property(
        fc.tuple(leading, fc.nat(4)).chain(([shape, n]) => tensorOf([...shape, n])),
        (x) => {
          const matrix = diagonalMatrix(x);
          const n = x.shape.at(-1)!;
          expect(matrix.shape).toEqual([...x.shape, n]);
          matrix.data.forEach((entry, p) =>
            expect(entry).toBe(
              (p % (n * n)) % (n + 1) === 0 ? x.data[Math.floor(p / (n * n)) * n + ((p % (n * n)) % n)] : 0,
            ),
          );
          expectClose(diagonal(matrix), x, 0);
          const sums = Array.from({ length: x.size / n || 0 }, (_, i) =>
            x.data.slice(i * n, (i + 1) * n).reduce((s, entry) => s + entry, 0),
          );
          if (n > 0) expectClose(matrixTrace(matrix), sums);
        },
      ),
      { numRuns: runs },
    );
  });

  it("read the entries (i, i)", () => {
    const a = tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]); // prettier-ignore
    expect(diagonal(a).toArray()).toEqual([[1, 4], [5, 8]]); // prettier-ignore
    expect(matrixTrace(a).toArray()).toEqual([5, 13]);
    expect(matrixTrace(concrete(new Float64Array(0), [0, 0])).item()).toBe(0);
    expect(matrixTrace(concrete(new Float64Array(0), [2, 0, 0])).toArray()).toEqual([0, 0]);
  });

  it("batch like a loop", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(tensorOf([2, 3, 3])), { minLength: 1, maxLength: 3 }), (examples) => {
        checkBatch(diagonalOperator, {}, examples);
        checkBatch(diagonalMatrixOperator, {}, examples);
        checkBatch(traceOperator, {}, examples);
      }),
      { numRuns: runs },
    );
  });

  it("say what doesn't fit", () => {
    expect(diag(tensor([1, 2])).toArray()).toEqual([[1, 0], [0, 2]]); // prettier-ignore
    expect(diag(tensor([[1, 2], [3, 4]])).toArray()).toEqual([1, 4]); // prettier-ignore
    expectError(() => diag(3), "SHAPE_MISMATCH", /vector or a matrix/);
    expectError(() => diagonal(tensor([[1, 2]])), "SHAPE_MISMATCH", /square/);
    expectError(() => matrixTrace(tensor([1, 2])), "SHAPE_MISMATCH", /matrices/);
  });
});
