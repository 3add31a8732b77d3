import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dot, dotOperator } from "../../../src/operators/linear-algebra/dot.ts";
import { matmul, matmulOperator } from "../../../src/operators/linear-algebra/matmul.ts";
import { matvec, matvecOperator } from "../../../src/operators/linear-algebra/matvec.ts";
import { outer, outerOperator } from "../../../src/operators/linear-algebra/outer.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { type Shape, sizeOf } from "../../../src/tensor/shape.ts";
import { concrete, type Tensor } from "../../../src/tensor/tensor.ts";
import { checkBatch, expectClose, expectError, leadingShapes, part, runs, tensorOf } from "./tensors.ts";

const length = fc.integer({ min: 0, max: 4 });
const entry = (x: Tensor, i: number, j: number): number => x.data[i * x.shape[1]! + j]!;

/** Stacks what `compute` gives for every position of the leading axes. */
function loop(both: Shape, core: Shape, compute: (index: number) => readonly number[]): Tensor {
  const entries = Array.from({ length: sizeOf(both) }, (_, index) => compute(index)).flat();
  return concrete(Float64Array.from(entries), [...both, ...core]);
}

const table = (m: number, n: number, f: (i: number, j: number) => number): readonly number[] =>
  Array.from({ length: m * n }, (_, p) => f(Math.floor(p / n), p % n));

const sum = (n: number, f: (l: number) => number): number =>
  Array.from({ length: n }, (_, l) => f(l)).reduce((s, x) => s + x, 0);

const dimensions = fc.record({
  leading: leadingShapes,
  m: length,
  k: length,
  n: length,
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
});

describe("matmul", () => {
  const operands = dimensions.chain((d) =>
    fc.tuple(
      fc.constant(d),
      tensorOf([...d.leading.a, ...(d.transposeA ? [d.k, d.m] : [d.m, d.k])]),
      tensorOf([...d.leading.b, ...(d.transposeB ? [d.n, d.k] : [d.k, d.n])]),
    ),
  );

  it("is a loop over the leading axes, which broadcast, for all four cases of transposition", () => {
    fc.assert(
      fc.property(operands, ([{ leading, m, k, n, transposeA, transposeB }, a, b]) => {
        const expected = loop(leading.both, [m, n], (index) => {
          const [p, q] = [part(a, 2, leading.both, index), part(b, 2, leading.both, index)];
          return table(m, n, (i, j) =>
            sum(
              k,
              (l) =>
                (transposeA ? entry(p, l, i) : entry(p, i, l)) *
                (transposeB ? entry(q, j, l) : entry(q, l, j)),
            ),
          );
        });
        expectClose(matmul(a, b, { transposeA, transposeB }), expected);
        expect(matmulOperator.shape([a.shape, b.shape], { transposeA, transposeB, strong: false })).toEqual(
          expected.shape,
        );
      }),
      { numRuns: 2 * runs },
    );
  });

  it("takes a vector as a row on the left and as a column on the right", () => {
    fc.assert(
      fc.property(
        fc.tuple(length, length).chain(([m, n]) => fc.tuple(tensorOf([m, n]), tensorOf([m]), tensorOf([n]))),
        ([a, x, y]) => {
          const [m, n] = a.shape as [number, number];
          const row = concrete(Float64Array.from(x.data), [1, m]);
          const column = concrete(Float64Array.from(y.data), [n, 1]);
          expectClose(matmul(a, y), Array.from(matmul(a, column).data));
          expectClose(matmul(x, a), Array.from(matmul(row, a).data));
          expectClose(matmul(a, x, { transposeA: true }), Array.from(matmul(row, a).data));
          expectClose(matmul(y, a, { transposeB: true }), Array.from(matmul(a, column).data));
          expect(matmul(x, a).shape).toEqual([n]);
          expect(matmul(x, x).item()).toBe(dot(x, x).item());
        },
      ),
      { numRuns: runs },
    );
  });

  it("takes numbers' arrays: a Float64Array is a vector", () => {
    expect(matmul(Float64Array.of(1, 2), Float64Array.of(3, 4)).item()).toBe(11);
  });

  it("says what doesn't fit", () => {
    const a = tensor([[1, 2, 3], [4, 5, 6]]); // prettier-ignore
    expectError(() => matmul(a, a), "SHAPE_MISMATCH", /2×3 times 2×3.*3 and 2 must be equal.*transposeA/);
    expectError(() => matmul(a, 2), "SHAPE_MISMATCH", /rank 0.*mul\(\)/);
    expectError(
      () => matmul(a, tensor([1, 2])),
      "SHAPE_MISMATCH",
      /2×3 matrix takes vectors of length 3; found length 2/,
    );
    expectError(
      () => matmul(tensor([1, 2]), tensor([1, 2, 3])),
      "SHAPE_MISMATCH",
      /equal length; found 2 and 3/,
    );
    expectError(
      () => matmul(concrete(new Float64Array(8), [2, 2, 2]), concrete(new Float64Array(12), [3, 2, 2])),
      "SHAPE_MISMATCH",
      /axes before the last/,
    );
    expectError(() => matmul([[1]] as never, a), "ARGUMENT", /tensor\(\[…\]\)/);
  });

  it("batches like a loop", () => {
    const example = fc.constantFrom<readonly [Shape, Shape]>([[2, 3], [3, 2]], [[2, 2, 3], [3, 1]], [[1, 3], [2, 1, 3, 4]], [[2, 1, 1, 3], [2, 3, 2]]); // prettier-ignore
    fc.assert(
      fc.property(
        example.chain(([a, b]) =>
          fc.array(fc.tuple(tensorOf(a), tensorOf(b)), { minLength: 1, maxLength: 3 }),
        ),
        (examples) => {
          checkBatch(matmulOperator, { transposeA: false, transposeB: false, strong: false }, examples);
        },
      ),
      { numRuns: runs },
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(tensorOf([3, 2]), tensorOf([4, 3])), { minLength: 1, maxLength: 3 }),
        (examples) => {
          checkBatch(matmulOperator, { transposeA: true, transposeB: true, strong: true }, examples);
        },
      ),
      { numRuns: runs },
    );
  });
});

describe("matvec", () => {
  const operands = dimensions.chain((d) =>
    fc.tuple(
      fc.constant(d),
      tensorOf([...d.leading.a, ...(d.transposeA ? [d.n, d.m] : [d.m, d.n])]),
      tensorOf([...d.leading.b, d.n]),
    ),
  );

  it("is a loop over the leading axes", () => {
    fc.assert(
      fc.property(operands, ([{ leading, m, n, transposeA: transpose }, a, x]) => {
        const expected = loop(leading.both, [m], (index) => {
          const [p, q] = [part(a, 2, leading.both, index), part(x, 1, leading.both, index)];
          return table(m, 1, (i) =>
            sum(n, (j) => (transpose ? entry(p, j, i) : entry(p, i, j)) * q.data[j]!),
          );
        });
        expectClose(matvec(a, x, { transpose }), expected);
        expect(matvecOperator.shape([a.shape, x.shape], { transpose, strong: false })).toEqual(
          expected.shape,
        );
      }),
      { numRuns: 2 * runs },
    );
  });

  it("batches like a loop", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(tensorOf([2, 3]), tensorOf([3]), tensorOf([2, 2, 2]), tensorOf([2, 1, 2])), {
          minLength: 1,
          maxLength: 3,
        }),
        (examples) => {
          checkBatch(
            matvecOperator,
            { transpose: false, strong: false },
            examples.map(([a, x]) => [a, x]),
          );
          checkBatch(
            matvecOperator,
            { transpose: true, strong: true },
            examples.map(([, x, c]) => [c, concrete(Float64Array.from(x.data.slice(0, 2)), [2])]),
          );
          checkBatch(
            matvecOperator,
            { transpose: false, strong: false },
            examples.map(([, , c, y]) => [c, y]),
          );
        },
      ),
      { numRuns: runs },
    );
  });

  it("says what doesn't fit", () => {
    expectError(() => matvec(tensor([1, 2]), tensor([1, 2])), "SHAPE_MISMATCH", /rank 2.*\[2\]/);
    expectError(
      () => matvec(tensor([[1, 2]]), tensor([1]), { transpose: false }),
      "SHAPE_MISMATCH",
      /1×2 matrix.*length 2; found length 1/,
    );
  });
});

describe("dot and outer", () => {
  const operands = dimensions.chain((d) =>
    fc.tuple(
      fc.constant(d),
      tensorOf([...d.leading.a, d.n]),
      tensorOf([...d.leading.b, d.n]),
      tensorOf([...d.leading.b, d.m]),
    ),
  );

  it("are loops over the leading axes", () => {
    fc.assert(
      fc.property(operands, ([{ leading, m, n }, a, b, c]) => {
        const at = (x: Tensor, index: number, i: number): number => part(x, 1, leading.both, index).data[i]!;
        expectClose(
          dot(a, b),
          loop(leading.both, [], (index) => [sum(n, (i) => at(a, index, i) * at(b, index, i))]),
        );
        expectClose(
          outer(a, c),
          loop(leading.both, [n, m], (index) => table(n, m, (i, j) => at(a, index, i) * at(c, index, j))),
        );
        expect(dotOperator.shape([a.shape, b.shape], {})).toEqual(leading.both);
        expect(outerOperator.shape([a.shape, c.shape], {})).toEqual([...leading.both, n, m]);
      }),
      { numRuns: runs },
    );
  });

  it("batch like a loop", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(tensorOf([3]), tensorOf([2, 3])), { minLength: 1, maxLength: 3 }),
        (examples) => {
          checkBatch(dotOperator, {}, examples);
          checkBatch(outerOperator, {}, examples);
        },
      ),
      { numRuns: runs },
    );
  });

  it("refuse scalars", () => {
    expectError(() => dot(2, 3), "SHAPE_MISMATCH", /vectors.*mul\(\)/);
    expectError(() => outer(tensor([1]), 3), "SHAPE_MISMATCH", /vectors.*mul\(\)/);
  });
});
