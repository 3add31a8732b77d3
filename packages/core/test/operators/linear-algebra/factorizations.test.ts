import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cholesky, choleskyOperator } from "../../../src/operators/linear-algebra/cholesky.ts";
import { cofactor } from "../../../src/operators/linear-algebra/cofactor.ts";
import {
  det,
  detOperator,
  logdet,
  logdetOperator,
} from "../../../src/operators/linear-algebra/determinant.ts";
import { inverse, inverseOperator } from "../../../src/operators/linear-algebra/inverse.ts";
import { matmul } from "../../../src/operators/linear-algebra/matmul.ts";
import { solve, solveOperator } from "../../../src/operators/linear-algebra/solve.ts";
import {
  triangularSolve,
  triangularSolveOperator,
} from "../../../src/operators/linear-algebra/triangular-solve.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { type Shape, sizeOf } from "../../../src/tensor/shape.ts";
import { concrete, type Tensor } from "../../../src/tensor/tensor.ts";
import { checkBatch, expectClose, expectError, leadingShapes, part, runs, tensorOf } from "./tensors.ts";

/** Matrices that are far from singular: 4 is added on the diagonal. */
function regular(leading: Shape, n: number): fc.Arbitrary<Tensor> {
  return tensorOf([...leading, n, n]).map((x) =>
    concrete(
      x.data.map((entry, p) =>
        (p % (n * n)) % (n + 1) === 0 ? entry + (entry < 0 ? -5 * n : 5 * n) : entry,
      ),
      x.shape,
    ),
  );
}

const repeatedIdentity = (x: Tensor): Tensor => {
  const n = x.shape.at(-1)!;
  return concrete(
    x.data.map((_, p) => ((p % (n * n)) % (n + 1) === 0 ? 1 : 0)),
    x.shape,
  );
};

const leading = fc.array(fc.nat(3), { maxLength: 2 });
const stack = fc.tuple(leading, fc.nat(4)).chain(([shape, n]) => regular(shape, n));

describe("det and logdet", () => {
  it("have closed forms for n ≤ 3", () => {
    expect(det(tensor([[7]])).item()).toBe(7);
    fc.assert(
      fc.property(tensorOf([2, 2]), tensorOf([3, 3]), (a, b) => {
        const [p, q, r, s] = Array.from(a.data) as [number, number, number, number];
        expect(det(a).item()).toBeCloseTo(p * s - q * r, 10);
        const [c, d, e, f, g, h, i, j, k] = Array.from(b.data) as [
          number,
          number,
          number,
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        expect(det(b).item()).toBeCloseTo(c * (g * k - h * j) - d * (f * k - h * i) + e * (f * j - g * i), 9);
      }),
      { numRuns: runs },
    );
  });

  it("are 1 and 0 for the empty matrix, 0 and −∞ for a singular one", () => {
    const empty = concrete(new Float64Array(0), [0, 0]);
    expect([det(empty).item(), logdet(empty).item()]).toEqual([1, 0]);
    const singularMatrix = tensor([[1, 2], [2, 4]]); // prettier-ignore
    expect([det(singularMatrix).item(), logdet(singularMatrix).item()]).toEqual([0, -Infinity]);
    expect(det(concrete(new Float64Array(0), [0, 2, 2])).shape).toEqual([0]);
  });

  it("are multiplicative and additive, and log|det| survives where det overflows", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }).chain((n) => fc.tuple(regular([2], n), regular([2], n))),
        ([a, b]) => {
          const product = matmul(a, b);
          expectClose(
            det(product),
            Array.from(det(a).data, (x, i) => x * det(b).data[i]!),
          );
          expectClose(
            logdet(product),
            Array.from(logdet(a).data, (x, i) => x + logdet(b).data[i]!),
          );
          expectClose(
            logdet(a),
            Array.from(det(a).data, (x) => Math.log(Math.abs(x))),
          );
        },
      ),
      { numRuns: runs },
    );
    const huge = tensor([[0, 1e200], [1e200, 0]]); // prettier-ignore
    expect(det(huge).item()).toBe(-Infinity);
    expect(logdet(huge).item()).toBeCloseTo(400 * Math.LN10, 9);
  });

  it("batch like a loop, take square matrices only", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(regular([2], 3)), { minLength: 1, maxLength: 3 }), (examples) => {
        checkBatch(detOperator, {}, examples);
        checkBatch(logdetOperator, {}, examples);
      }),
      { numRuns: runs },
    );
    expectError(() => det(tensor([[1, 2]])), "SHAPE_MISMATCH", /square.*\[1,2\].*1×2/);
    expectError(() => logdet(tensor([1, 2])), "SHAPE_MISMATCH", /rank 1/);
  });
});

describe("cofactor", () => {
  it("A·cof(A)ᵀ = det(A)·I, also where A is singular", () => {
    fc.assert(
      fc.property(
        fc.tuple(leading, fc.nat(4)).chain(([shape, n]) => tensorOf([...shape, n, n])),
        fc.boolean(),
        (x, round) => {
          const a = round ? concrete(x.data.map(Math.round), x.shape) : x;
          const n = a.shape.at(-1)!;
          const determinants = det(a).data;
          const expected = concrete(
            repeatedIdentity(a).data.map((one, p) => one * determinants[Math.floor(p / (n * n))]!),
            a.shape,
          );
          expectClose(matmul(a, cofactor(a), { transposeB: true }), expected, 1e-10);
        },
      ),
      { numRuns: runs },
    );
    expect(cofactor(tensor([[0, 0], [0, 0]])).toArray()).toEqual([[0, 0], [0, 0]].map((row) => row.map(() => expect.closeTo(0)))); // prettier-ignore
    expect(cofactor(tensor([[5]])).toArray()).toEqual([[1]]);
  });

  it("is det(A)·A⁻ᵀ on both sides of the size where the method changes", () => {
    for (const n of [7, 8, 9, 10]) {
      const [a] = fc.sample(regular([2], n), { numRuns: 1, seed: n });
      const found = matmul(a!, cofactor(a!), { transposeB: true });
      const determinants = det(a!).data;
      found.data.forEach((x, p) =>
        expect(x / determinants[Math.floor(p / (n * n))]!).toBeCloseTo(repeatedIdentity(a!).data[p]!, 10),
      );
    }
  });
});

describe("inverse and solve", () => {
  it("A·A⁻¹ = I = A⁻¹·A", () => {
    fc.assert(
      fc.property(stack, (a) => {
        expectClose(matmul(a, inverse(a)), repeatedIdentity(a), 1e-12);
        expectClose(matmul(inverse(a), a), repeatedIdentity(a), 1e-12);
      }),
      { numRuns: runs },
    );
  });

  it("solve is A⁻¹·B for matrices and vectors; leading axes broadcast", () => {
    const operands = fc
      .tuple(leadingShapes, fc.nat(4), fc.nat(3))
      .chain(([shapes, n, k]) =>
        fc.tuple(fc.constant(shapes), regular(shapes.a, n), tensorOf([...shapes.b, n, k]), tensorOf([n])),
      );
    fc.assert(
      fc.property(operands, ([shapes, a, b, x]) => {
        const found = solve(a, b);
        expectClose(found, matmul(inverse(a), b), 1e-11);
        expect(solveOperator.shape([a.shape, b.shape], {})).toEqual(found.shape);
        for (let index = 0; index < sizeOf(shapes.both); index++)
          expectClose(
            part(found, 2, shapes.both, index),
            solve(part(a, 2, shapes.both, index), part(b, 2, shapes.both, index)),
            1e-12,
          );
        expectClose(solve(a, x), matmul(inverse(a), x), 1e-11);
      }),
      { numRuns: runs },
    );
  });

  it("throw DOMAIN for a singular matrix and say which one", () => {
    const singularMatrix = tensor([[1, 2], [2, 4]]); // prettier-ignore
    expectError(() => inverse(singularMatrix), "DOMAIN", /inverse: the 2×2 matrix is singular.*row 1/);
    expectError(() => solve(singularMatrix, tensor([1, 2])), "DOMAIN", /solve: the 2×2 matrix is singular/);
    expectError(() => inverse(tensor([[[1]], [[0]]])), "DOMAIN", /position 1 of 2/);
    expectError(() => solve(tensor([[1, 0], [0, 1]]), tensor([1, 2, 3])), "SHAPE_MISMATCH", /2×2 matrix.*2 rows; found 3/); // prettier-ignore
  });

  it("pass NaN on", () => {
    expect(inverse(tensor([[NaN, 1], [1, 1]])).data.some(Number.isNaN)).toBe(true); // prettier-ignore
  });

  it("batch like a loop", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(regular([], 3), tensorOf([2, 3, 2])), { minLength: 1, maxLength: 3 }),
        (examples) => {
          checkBatch(
            inverseOperator,
            {},
            examples.map(([a]) => [a]),
          );
          checkBatch(solveOperator, {}, examples);
        },
      ),
      { numRuns: runs },
    );
  });
});

describe("triangularSolve", () => {
  const flags = fc.record({ lower: fc.boolean(), transpose: fc.boolean(), unitDiagonal: fc.boolean() });

  /** The triangle that is meant, as a full matrix. */
  function triangle(a: Tensor, { lower, unitDiagonal }: { lower: boolean; unitDiagonal: boolean }): Tensor {
    const n = a.shape.at(-1)!;
    return concrete(
      a.data.map((x, p) => {
        const [i, j] = [Math.floor((p % (n * n)) / n), p % n];
        return i === j ? (unitDiagonal ? 1 : x) : i > j === lower ? x : 0;
      }),
      a.shape,
    );
  }

  it("is solve with the triangle as a full matrix", () => {
    const operands = fc
      .tuple(leadingShapes, fc.nat(4), fc.nat(3))
      .chain(([shapes, n, k]) =>
        fc.tuple(regular(shapes.a, n), tensorOf([...shapes.b, n, k]), tensorOf([n]), flags),
      );
    fc.assert(
      fc.property(operands, ([a, b, x, options]) => {
        const full = triangle(a, options);
        const found = triangularSolve(a, b, options);
        const column = concrete(Float64Array.from(x.data), [x.size, 1]);
        expectClose(
          matmul(full, found, { transposeA: options.transpose }),
          matmul(full, solve(full, b)),
          1e-8,
        );
        if (!options.transpose) expectClose(found, solve(full, b), 1e-8);
        expectClose(triangularSolve(a, x, options), Array.from(triangularSolve(a, column, options).data), 0);
        expect(triangularSolve(a, x, options).shape).toEqual(a.shape.slice(0, -1));
      }),
      { numRuns: runs },
    );
  });

  it("batches like a loop", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(regular([], 3), tensorOf([2, 3, 2])), { minLength: 1, maxLength: 3 }),
        flags,
        (examples, options) => {
          checkBatch(triangularSolveOperator, options, examples);
        },
      ),
      { numRuns: runs },
    );
  });

  it("throws DOMAIN for a zero on the diagonal, ARGUMENT without a triangle", () => {
    const a = tensor([[1, 0], [1, 0]]); // prettier-ignore
    expectError(() => triangularSolve(a, tensor([1, 1]), { lower: true }), "DOMAIN", /singular.*row 1/);
    expect(triangularSolve(a, tensor([1, 1]), { lower: true, unitDiagonal: true }).toArray()).toEqual([1, 0]);
    expectError(() => triangularSolve(a, tensor([1, 1]), {} as never), "ARGUMENT", /lower: true/);
    expectError(() => triangularSolve(a, tensor([1, 1]), undefined as never), "ARGUMENT", /lower: true/);
  });
});

describe("cholesky", () => {
  const positive = fc
    .tuple(leading, fc.nat(4))
    .chain(([shape, n]) => regular(shape, n))
    .map((g) => matmul(g, g, { transposeB: true }));

  it("L·Lᵀ = A with L lower triangular", () => {
    fc.assert(
      fc.property(positive, (a) => {
        const l = cholesky(a);
        expectClose(matmul(l, l, { transposeB: true }), a, 1e-12);
        const n = a.shape.at(-1)!;
        l.data.forEach((x, p) => {
          if (p % n > Math.floor((p % (n * n)) / n)) expect(x).toBe(0);
        });
      }),
      { numRuns: runs },
    );
  });

  it("takes the symmetric part, batches like a loop", () => {
    expect(cholesky(tensor([[4, 3], [1, 5]])).toArray()).toEqual([[2, 0], [1, 2]]); // prettier-ignore
    fc.assert(
      fc.property(
        fc.array(fc.tuple(regular([2], 2).map((g) => matmul(g, g, { transposeB: true }))), {
          minLength: 1,
          maxLength: 3,
        }),
        (examples) => {
          checkBatch(choleskyOperator, {}, examples);
        },
      ),
      { numRuns: runs },
    );
  });

  it("throws DOMAIN when the matrix is not positive definite", () => {
    expectError(() => cholesky(tensor([[1, 2], [2, 1]])), "DOMAIN", /not positive definite.*order 2/); // prettier-ignore
    expectError(() => cholesky(tensor([[[1]], [[-1]]])), "DOMAIN", /position 1 of 2.*order 1/);
  });
});
