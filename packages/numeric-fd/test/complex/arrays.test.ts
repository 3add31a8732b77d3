import {
  add, broadcastTo, cholesky, concatenate, cumsum, det, diagonal, diagonalMatrix, dot, einsum, exp, eye, flip, inverse, logdet,
  logsumexp, logSoftmax, matmul, matrixTrace, matvec, mean, mul, norm, type Numeric, outer, pad, permute, prod, reshape, scatterAdd,
  slice, softmax, solve, square, stack, sum, take, tensor, transpose, triangularSolve, tril, triu, variance, where, type Tensor,
} from "@fluxion/core"; // prettier-ignore
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ComplexArray } from "../../src/complex/array.ts";
import { arrays, complexArray, conjugate, expectSame, onComplex } from "../support/complex.ts";
import { runs } from "../support/runs.ts";

type Arrays = (...zs: Tensor[]) => Numeric;

/** The two functions agree on complex arrays of some shapes. */
function expectEqual(
  shapes: readonly (readonly number[])[],
  left: Arrays,
  same: Arrays,
  tolerance = 1e-12,
): void {
  fc.assert(
    fc.property(fc.tuple(...shapes.map(arrays)), (zs) => {
      expectSame(onComplex(left, ...zs), onComplex(same, ...zs), tolerance, 1);
    }),
    { numRuns: runs(15) },
  );
}

/** A matrix that is far from singular. */
const regular = (z: Tensor): Tensor => add(z, mul(4, eye(z.shape.at(-1)!)));
/** Aᵀ = A, with a positive definite real part. */
const symmetric = (z: Tensor): Tensor => regular(add(z, transpose(z)));

describe("linear algebra in the plane", () => {
  const m = [3, 3];
  test.each<[string, (readonly number[])[], Arrays, Arrays]>([
    ["det(AB) = det A · det B", [m, m], (a, b) => det(matmul(a, b)), (a, b) => mul(det(a), det(b))],
    ["A · A⁻¹ = 1", [m], (a) => matmul(regular(a), inverse(regular(a))), () => eye(3)],
    ["A · solve(A, B) = B", [m, [3, 2]], (a, b) => matmul(regular(a), solve(regular(a), b)), (_, b) => b],
    ["a stack of systems", [[2, 3, 3], [3, 1]], (a, b) => matmul(add(a, mul(4, eye(3))), solve(add(a, mul(4, eye(3))), b)), (_, b) => broadcastTo(b, [2, 3, 1])],
    ["L · Lᵀ = A", [m], (a) => matmul(cholesky(symmetric(a)), cholesky(symmetric(a)), { transposeB: true }), symmetric],
    ["exp(logdet A)² = (det A)²", [m], (a) => square(exp(logdet(regular(a)))), (a) => square(det(regular(a)))],
    ["a lower triangle", [m, [3, 2]], (a, b) => matmul(tril(regular(a)), triangularSolve(regular(a), b, { lower: true })), (_, b) => b],
    ["an upper triangle, transposed", [m, [3, 2]], (a, b) => matmul(triu(regular(a)), triangularSolve(regular(a), b, { lower: false, transpose: true }), { transposeA: true }), (_, b) => b],
    ["a triangle of ones", [m, [3, 2]], (a, b) => matmul(add(tril(a, -1), eye(3)), triangularSolve(a, b, { lower: true, unitDiagonal: true })), (_, b) => b],
    ["(AB)C = A(BC)", [m, m, m], (a, b, c) => matmul(matmul(a, b), c), (a, b, c) => matmul(a, matmul(b, c))],
    ["A·x by rows", [m, [3]], (a, x) => matvec(a, x), (a, x) => sum(mul(a, x), { axes: 1 })],
    ["xᵀ·A by columns", [m, [3]], (a, x) => matvec(a, x, { transpose: true }), (a, x) => sum(mul(transpose(a), x), { axes: 1 })],
    ["x·y", [[3], [3]], dot, (x, y) => sum(mul(x, y))],
    ["x yᵀ", [[3], [2]], outer, (x, y) => mul(reshape(x, [3, 1]), y)],
    ["tr(AB) = tr(BA)", [m, m], (a, b) => matrixTrace(matmul(a, b)), (a, b) => matrixTrace(matmul(b, a))],
    ["three factors in one sum", [m, [3], [3]], (a, x, y) => einsum("ij,i,j->", a, x, y), (a, x, y) => dot(x, matvec(a, y))],
    ["four factors", [[2], [2], [2], [2]], (a, b, c, d) => einsum("i,i,i,i->i", a, b, c, d), (a, b, c, d) => mul(mul(a, b), mul(c, d))],
    ["a constant factor", [m], (a) => einsum("ij,jk->ik", a, eye(3)), (a) => a],
  ])("%s", (_, shapes, left, same) => expectEqual(shapes, left, same)); // prettier-ignore

  test("a determinant whose pivots are far out of range by themselves", () => {
    const z = complexArray([1e200, 0, 0, 0, 1e-200, 0, 0, 0, 1e200], new Array<number>(9).fill(0), [3, 3]);
    expect(onComplex(det, z).re[0]! / 1e200).toBeCloseTo(1, 14);
  });
});

describe("reductions in the plane", () => {
  test.each<[string, (readonly number[])[], Arrays, Arrays]>([
    ["exp(logsumexp) = Σ exp", [[2, 3]], (z) => exp(logsumexp(z, { axes: 1 })), (z) => sum(exp(z), { axes: 1 })],
    ["logsumexp over the first axis", [[2, 3]], (z) => logsumexp(z, { axes: 0 }), (z) => logsumexp(transpose(z), { axes: 1 })],
    ["Σ softmax = 1", [[2, 3]], (z) => sum(softmax(z, { axis: 0 }), { axes: 0 }), () => tensor([1, 1, 1])],
    ["softmax = exp / Σ exp", [[4]], (z) => mul(softmax(z), sum(exp(z))), exp],
    ["log softmax", [[4]], (z) => exp(logSoftmax(z)), (z) => softmax(z)],
    ["norm² = Σz²", [[3, 2]], (z) => square(norm(add(z, 2), { axes: [0, 1] })), (z) => sum(square(add(z, 2)))],
    ["cumsum ends at the sum", [[4]], (z) => slice(cumsum(z), [[3, 4]]), (z) => sum(z, { keepDims: true })],
    ["variance = mean of squares − square of the mean", [[5]], (z) => add(variance(z), square(mean(z))), (z) => mean(square(z))],
    ["log of a product", [[4]], (z) => prod(exp(z)), (z) => exp(sum(z))],
  ])("%s", (_, shapes, left, same) => expectEqual(shapes, left, same)); // prettier-ignore

  test("extreme numbers do not overflow on the way", () => {
    const large = complexArray([3e200, 4e200], [0, 1e180], [2]);
    const found = onComplex((z) => norm(z), large);
    expect(found.re[0]! / 5e200).toBeCloseTo(1, 14);
    expect(found.im[0]! / 0.8e180).toBeCloseTo(1, 14);
    const powers = onComplex((z) => logsumexp(z), complexArray([1000, -1000], [1e-17, 0], [2]));
    expect([powers.re[0], powers.im[0]]).toEqual([1000, 1e-17]);
  });

  test("where there are no entries", () => {
    const none: ComplexArray = complexArray([], [], [0]);
    expect(onComplex((z) => sum(z), none).re[0]).toBe(0);
    expect(onComplex((z) => logsumexp(z), none).re[0]).toBe(-Infinity);
    expect(onComplex((z) => norm(z), none).re[0]).toBe(0);
  });
});

describe("what moves numbers moves both parts", () => {
  test.each<[string, readonly number[], (z: Tensor) => Tensor]>([
    ["reshape", [2, 3], (z) => reshape(z, [3, 2])],
    ["permute", [2, 3], (z) => permute(z, [1, 0])],
    ["broadcastTo", [3], (z) => broadcastTo(z, [2, 3])],
    ["slice", [2, 4], (z) => slice(z, [[0, 2], [1, 4, 2]])],
    ["concatenate", [3], (z) => concatenate([z, z])],
    ["stack", [3], (z) => stack([z, tensor([1, 2, 3])])],
    ["pad", [3], (z) => pad(z, [[1, 2]])],
    ["take", [3], (z) => take(z, [2, 0, 2])],
    ["scatterAdd", [3], (z) => scatterAdd(z, [1, 0, 1], { size: 2 })],
    ["flip", [2, 2], (z) => flip(z)],
    ["tril", [3, 3], (z) => tril(z)],
    ["diagonal", [3, 3], (z) => diagonal(z)],
    ["diagonalMatrix", [3], (z) => diagonalMatrix(z)],
    ["where", [3], (z) => where(tensor([1, 0, 1]), z, mul(2, z))],
  ])("%s", (_, shape, f) => {
    fc.assert(
      fc.property(arrays(shape), (z) => {
        const found = onComplex(f, z);
        const part = (values: Float64Array): Tensor => f(reshape(tensor(Array.from(values)), shape));
        const zero = part(new Float64Array(z.re.length));
        expect(Array.from(found.re)).toEqual(Array.from(part(z.re).data));
        // What f adds by itself (a constant operand) is real.
        const imaginary = Array.from(part(z.im).data, (value, i) => value - zero.data[i]!);
        found.im.forEach((value, i) => expect(value).toBeCloseTo(imaginary[i]!, 14));
      }),
      { numRuns: runs(5) },
    );
  }); // prettier-ignore

  test("matrices take conjugates to conjugates", () => {
    const chain: Arrays = (a) => logdet(matmul(inverse(symmetric(a)), cholesky(symmetric(a))));
    fc.assert(
      fc.property(arrays([3, 3]), (z) => {
        expectSame(onComplex(chain, conjugate(z)), conjugate(onComplex(chain, z)), 1e-13);
      }),
      { numRuns: runs(15) },
    );
  });
});
