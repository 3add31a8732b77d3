import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add, det, dexpm, diag, evaluate, exp, expm, inverse, kron, lambdamax, lambdavec, math, matmul, matrixTrace, matvec, mul, neg, norm,
  sigmaleft, sigmamax, sigmaright, sub, tensor, trace, transpose, unvec, vec, vmap, type Tensor,
} from "../../../src/index.ts"; // prettier-ignore
import { expectClose, expectError, runs, tensorOf } from "./tensors.ts";

const square = fc.integer({ min: 1, max: 5 }).chain((n) => tensorOf([n, n]));
const wide = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([m, n]) => tensorOf([m, n]));
const symmetric = square.map((a) => add(a, transpose(a)));

/** Entries of at most 2 in size, so that exponentials stay near 1. */
const tame = (a: Tensor): Tensor => mul(2 / Math.max(1, norm(a).item()), a);

describe("kron, vec and unvec", () => {
  it("(A ⊗ B)(C ⊗ D) = AC ⊗ BD and (A ⊗ B) vec(X) = vec(B X A')", () => {
    fc.assert(
      fc.property(wide, wide, tensorOf([4, 4]), (a, b, all) => {
        const [[m, n], [p, q]] = [a.shape, b.shape] as [[number, number], [number, number]];
        const x = math`unvec(${tensor([...all.data].slice(0, n * q).concat(Array.from({ length: Math.max(0, n * q - 16) }, () => 1)))}, ${q}, ${n})`;
        const product = kron(a, b);
        expect(product.shape).toEqual([m * p, n * q]);
        expectClose(matvec(product, vec(x)), vec(matmul(matmul(b, x), transpose(a))));
        expectClose(
          matmul(product, transpose(product)),
          kron(matmul(a, transpose(a)), matmul(b, transpose(b))),
        );
      }),
      { numRuns: runs },
    );
  });
  it("vectors are columns, scalars multiply", () => {
    expect(kron(tensor([1, 2]), tensor([3, 4])).toArray()).toEqual([3, 4, 6, 8]);
    expect(kron(tensor([1, 2]), tensor([[1, 3]])).toArray()).toEqual([[1, 3], [2, 6]]); // prettier-ignore
    expect(kron(2, tensor([3, 4])).toArray()).toEqual([6, 8]);
    expect(vec(5).item()).toBe(5);
    expect(vec(tensor([1, 2])).toArray()).toEqual([1, 2]);
  });
  it("say what they need", () => {
    expectError(
      () => kron(tensor([[[1]]]), 1),
      "SHAPE_MISMATCH",
      /^kron takes scalars, vectors and matrices; found the shape \[1,1,1\]/,
    );
    expectError(() => unvec(tensor([1, 2, 3]), 2, 2), "SHAPE_MISMATCH", /^unvec into 2 rows and 2 columns takes a vector of as many entries; found the shape \[3\]/); // prettier-ignore
    expectError(() => unvec(tensor([[1]]), 1, 1), "SHAPE_MISMATCH", /^unvec into 1 rows/);
  });
  it("in math templates rows and columns count", () => {
    const [a, b, m] = [tensor([1, 2]), tensor([3, 4, 5]), tensor([[1, 2], [3, 4]])]; // prettier-ignore
    expect(math`kron(${a}, ${b}')`.toArray()).toEqual(math`${a}*${b}'`.toArray());
    expect(math`kron(${a}', ${b})`.toArray()).toEqual(math`${b}*${a}'`.toArray());
    expect(math`kron(${a}', ${m})`.toArray()).toEqual([[1, 2, 2, 4], [3, 4, 6, 8]]); // prettier-ignore
    expect(math`kron(${m}', ${a}')`.shape).toEqual([2, 4]);
    expect(math`vec(${m}')`.toArray()).toEqual([1, 2, 3, 4]);
    expectError(() => math`kron(${a}, ${tensor([[[1]]])})`, "SHAPE_MISMATCH", /^kron needs matrices/);
  });
});

describe("expm", () => {
  it("expm(A)·expm(−A) = I, det expm(A) = exp(tr A), expm(A') = expm(A)'", () => {
    fc.assert(
      fc.property(square.map(tame), (a) => {
        const e = expm(a);
        expectClose(matmul(e, expm(neg(a))), math`eye(${a.shape[0]!})`);
        expectClose(det(e), exp(matrixTrace(a)));
        expectClose(expm(transpose(a)), transpose(e));
      }),
      { numRuns: runs },
    );
  });
  it("of a diagonal matrix, of stacks, and under vmap", () => {
    expectClose(expm(diag(tensor([1, -2, 30]))), diag(exp(tensor([1, -2, 30]))));
    const stack = tensor([[[0, 1], [0, 0]], [[1, 0], [0, 2]]]); // prettier-ignore
    expectClose(expm(stack), vmap((a: Tensor) => expm(a))(stack));
    const large = mul(40, stack);
    expectClose(evaluate(trace((a: Tensor) => expm(a))(stack), large) as Tensor, expm(large));
    expectClose(vmap((a: Tensor) => sigmamax(a))(stack), tensor([1, 2]));
    expect(expm(tensor([[0, 1], [0, 0]])).toArray()).toEqual([[1, 1], [0, 1]]); // prettier-ignore
  });
  it("dexpm is linear in the direction, and A·expm(A) along A", () => {
    fc.assert(
      fc.property(square.map(tame), (a) => {
        expectClose(dexpm(a, a), matmul(a, expm(a)));
        expectClose(dexpm(a, mul(3, transpose(a))), mul(3, dexpm(a, transpose(a))));
      }),
      { numRuns: runs },
    );
  });
  it("say what they need", () => {
    expectError(() => expm(tensor([[1, 2]])), "SHAPE_MISMATCH", /^expm takes square matrices/);
    expectError(() => dexpm(tensor([[1]]), tensor([1])), "SHAPE_MISMATCH", /^dexpm takes a square matrix and a direction of the same shape; found \[1,1\] and \[1\]/); // prettier-ignore
    expectError(
      () => math`dexpm(${tensor([[1]])}, 2)`,
      "SHAPE_MISMATCH",
      /^dexpm needs two square matrices, not a scalar/,
    );
  });
});

describe("the largest eigenvalue and singular value", () => {
  it("A·v = λ·v, and no direction stretches more", () => {
    fc.assert(
      fc.property(symmetric, fc.integer({ min: 0, max: 4 }), (a, k) => {
        const [value, vector] = [lambdamax(a), lambdavec(a)];
        const scale = Math.max(1, norm(a).item());
        expect(norm(sub(matvec(a, vector), mul(value, vector))).item()).toBeLessThan(1e-7 * scale);
        expect(norm(vector).item()).toBeCloseTo(1, 12);
        const entry = a.data[(k % a.shape[0]!) * (a.shape[0]! + 1)]!;
        expect(value.item()).toBeGreaterThanOrEqual(entry - 1e-12 * scale);
      }),
      { numRuns: runs },
    );
  });
  it("X·v = σ·u, X'·u = σ·v, and σ(inv(X)) bounds the smallest", () => {
    fc.assert(
      fc.property(wide, (x) => {
        const value = sigmamax(x);
        if (!(value.item() > 1e-6)) return;
        const [u, v] = [sigmaleft(x), sigmaright(x)];
        expect(norm(sub(matvec(x, v), mul(value, u))).item()).toBeLessThan(1e-7 * value.item());
        expect(norm(sub(matvec(transpose(x), u), mul(value, v))).item()).toBeLessThan(1e-7 * value.item());
        expect(norm(x).item()).toBeGreaterThanOrEqual(value.item() * (1 - 1e-12));
      }),
      { numRuns: runs },
    );
    expect(sigmamax(inverse(tensor([[2, 0], [0, 4]]))).item()).toBeCloseTo(0.5, 14); // prettier-ignore
  });
  it("say what they need", () => {
    expectError(() => lambdamax(tensor([[1, 2]])), "SHAPE_MISMATCH", /^lambdamax takes square matrices/);
    expectError(
      () => sigmamax(tensor([1, 2])),
      "SHAPE_MISMATCH",
      /^sigmamax takes one matrix with at least one entry; found the shape \[2\]/,
    );
    expectError(
      () => math`sigmamax(${tensor([1, 2])})`,
      "SHAPE_MISMATCH",
      /^sigmamax needs a matrix, not a column/,
    );
  });
});
