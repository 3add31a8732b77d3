import {
  abs, add, atan2, cbrt, det, diagonal, diagonalMatrix, div, dot, einsum, exp, eye, greater, hypot,
  log, log10, logdet, logsumexp, matmul, matrixTrace, matvec, max, maximum, min, minimum, mul, norm, outer, pow, prod, relu, reshape,
  sigmoid, sign, softmax, softplus, sqrt, square, sub, sum, take, tensor, toMermaid, trace, where, type Strategy, type Tensor,
} from "@fluxion/core"; // prettier-ignore
import { forwardDual } from "@fluxion/forward-dual";
import { reverseTape } from "@fluxion/reverse-tape";
import { symbolic } from "@fluxion/symbolic";
import { describe, expect, it } from "vitest";

/** DESIGN 3.7: what every exact strategy gives at kinks, edges and zeros. */
const exactStrategies: readonly Strategy[] = [forwardDual, reverseTape, symbolic];

type ScalarCase = readonly [name: string, f: (x: Tensor) => Tensor, at: number, derivative: number];
const scalars: readonly ScalarCase[] = [
  ["abs'(0) = 0", (x) => abs(x), 0, 0],
  ["abs'(-0) = 0", (x) => abs(x), -0, 0],
  ["relu'(0) = 0", (x) => relu(x), 0, 0],
  ["sign'(0) = 0", (x) => sign(x), 0, 0],
  ["sign'(2) = 0", (x) => sign(x), 2, 0],
  ["sqrt'(0) = +∞", (x) => sqrt(x), 0, Infinity],
  ["sqrt'(-0) = +∞", (x) => sqrt(x), -0, Infinity],
  ["cbrt'(0) = +∞", (x) => cbrt(x), 0, Infinity],
  ["maximum(x, 0) at 0 shares", (x) => maximum(x, 0), 0, 0.5],
  ["maximum(0, x) at 0 shares", (x) => maximum(0, x), 0, 0.5],
  ["minimum(x, 0) at 0 shares", (x) => minimum(x, 0), 0, 0.5],
  ["maximum(x, x) shares and adds up", (x) => maximum(x, x), 3, 1],
  ["x² at 0", (x) => square(x), 0, 0],
  ["pow(x, 2) at 0", (x) => pow(x, 2), 0, 0],
  ["pow(x, 3) at 0", (x) => pow(x, 3), 0, 0],
  ["pow(x, 1) at 0", (x) => pow(x, 1), 0, 1],
  ["pow(x, 0) at 0", (x) => pow(x, 0), 0, 0],
  ["pow(x, 3) at -2", (x) => pow(x, 3), -2, 12],
  ["pow(0, x) at 2", (x) => pow(0, x), 2, 0],
  ["0·sqrt(x) at 0", (x) => mul(0, sqrt(x)), 0, 0],
  ["sqrt(x)·0 at 0", (x) => mul(sqrt(x), 0), 0, 0],
  ["where(x > 0, sqrt(x), 0) at 0", (x) => where(greater(x, 0), sqrt(x), 0), 0, 0],
  ["where(x > 0, sqrt(x), 0) at -1", (x) => where(greater(x, 0), sqrt(x), 0), -1, 0],
  ["where(x > 0, log(x), x) at 0", (x) => where(greater(x, 0), log(x), x), 0, 1],
  ["where(x > 0, 1/x, 0) at 0", (x) => where(greater(x, 0), div(1, x), 0), 0, 0],
  ["sqrt(x²) at 0", (x) => sqrt(square(x)), 0, 0],
  ["hypot(x, 0) at 0", (x) => hypot(x, 0), 0, 0],
  ["hypot(0, x) at 0", (x) => hypot(0, x), 0, 0],
  ["atan2(x, 0) at 0", (x) => atan2(x, 0), 0, 0],
  ["atan2(0, x) at 0", (x) => atan2(0, x), 0, 0],
  ["atan2(x, 1e200) stays finite", (x) => mul(atan2(x, 1e200), 1e200), 0, 1],
  ["softplus at 1000", (x) => softplus(x), 1000, 1],
  ["softplus at -1000", (x) => softplus(x), -1000, 0],
  ["sigmoid at 1000", (x) => sigmoid(x), 1000, 0],
  ["sigmoid at -1000", (x) => sigmoid(x), -1000, 0],
  ["sqrt(-1): the value is NaN, so is the derivative", (x) => sqrt(x), -1, NaN],
  ["atan2(x, ∞) at 0", (x) => atan2(x, Infinity), 0, 0],
  ["hypot(x, ∞) at 0", (x) => hypot(x, Infinity), 0, 0],
  ["abs(NaN): a NaN is not hidden", (x) => abs(x), NaN, NaN],
  ["relu(NaN)", (x) => relu(x), NaN, NaN],
  ["maximum(NaN, 1)", (x) => maximum(x, 1), NaN, NaN],
  ["maximum(1, NaN)", (x) => maximum(x, NaN), 1, NaN],
  ["minimum(NaN, 1)", (x) => minimum(x, 1), NaN, NaN],
  ["minimum(1, NaN)", (x) => minimum(x, NaN), 1, NaN],
  ["maximum(-∞, -∞) is a tie, not NaN", (x) => maximum(x, -Infinity), -Infinity, 0.5],
  ["√x·√x at 0: the zero wins, where the limit is 1", (x) => mul(sqrt(x), sqrt(x)), 0, 0],
  [
    "log(e^(log x) + 1) at 0: the zero wins, where the limit is 1",
    (x) => reshape(logsumexp(where(tensor([1, 0]), log(x), 0)), []),
    0,
    0,
  ],
  ["√x - √x at 0: ∞ - ∞ is NaN and is not hidden", (x) => sub(sqrt(x), sqrt(x)), 0, NaN],
];

/** A zero that meets an infinite slope, and a one. */
const weights = tensor([0, 1]);

type VectorCase = readonly [
  name: string,
  f: (x: Tensor) => Tensor,
  at: readonly number[],
  gradient: readonly number[],
];
const vectors: readonly VectorCase[] = [
  ["norm at the origin", (x) => norm(x), [0, 0, 0], [0, 0, 0]],
  ["norm of 3, 4", (x) => norm(x), [3, 4], [0.6, 0.8]],
  ["norm of subnormal entries", (x) => norm(x), [3e-310, 4e-310], [0.6, 0.8]],
  ["hypot of subnormal numbers", (x) => sum(hypot(take(x, [0]), take(x, [1]))), [3e-310, 4e-310], [0.6, 0.8]],
  ["norm of huge entries", (x) => norm(x), [3e200, 4e200], [0.6, 0.8]],
  ["max shares ties", (x) => max(x), [1, 3, 3, 2], [0, 0.5, 0.5, 0]],
  ["min shares ties", (x) => min(x), [1, 1, 1, 2], [1 / 3, 1 / 3, 1 / 3, 0]],
  ["product with one zero", (x) => prod(x), [2, 0, 5], [0, 10, 0]],
  ["product with two zeros", (x) => prod(x), [0, 0, 5], [0, 0, 0]],
  ["product without zeros", (x) => prod(x), [2, 3, 5], [15, 10, 6]],
  ["logsumexp of huge entries", (x) => logsumexp(x), [1000, 1000], [0.5, 0.5]],
  ["logsumexp with -∞", (x) => logsumexp(x), [0, -Infinity], [1, 0]],
  ["softmax of huge entries", (x) => sum(mul(softmax(x), tensor([1, 0]))), [1000, 0], [0, 0]],
  ["a zero weight stops an infinite slope", (x) => sum(mul(sqrt(x), weights)), [0, 4], [0, 0.25]],
  ["a zero of a dot product does", (x) => dot(weights, sqrt(x)), [0, 4], [0, 0.25]],
  [
    "a zero of a matrix-vector product does",
    (x) => sum(matvec(tensor([[0, 1]]), sqrt(x))),
    [0, 4],
    [0, 0.25],
  ],
  [
    "a zero of a transposed matrix does",
    (x) => sum(matvec(tensor([[0], [1]]), sqrt(x), { transpose: true })),
    [0, 4],
    [0, 0.25],
  ],
  [
    "a zero of a vector times a matrix does",
    (x) => sum(matvec(outer(sqrt(x), tensor([0, 1])), tensor([1, 0]))),
    [0, 4],
    [0, 0],
  ],
  [
    "a zero of a matrix product does",
    (x) => sum(matmul(tensor([[0, 1]]), reshape(sqrt(x), [2, 1]))),
    [0, 4],
    [0, 0.25],
  ],
  ["a zero of an outer product does", (x) => sum(outer(sqrt(x), tensor([0, 0]))), [0, 4], [0, 0]],
  ["a zero of a contraction does", (x) => einsum("i,i,i->", weights, sqrt(x), weights), [0, 4], [0, 0.25]],
  ["a zero off the diagonal of a trace does", (x) => matrixTrace(outer(weights, sqrt(x))), [0, 4], [0, 0.25]],
  ["a zero cofactor does", (x) => det(diagonalMatrix(sqrt(x))), [0, 0], [0, 0]],
  ["a zero of an inverse does", (x) => logdet(add(eye(2), outer(sqrt(x), weights))), [0, 4], [0, 1 / 12]],
  [
    "an underflowed softmax does",
    (x) => dot(softmax(sub(sqrt(x), tensor([1e4, 0]))), tensor([1, 2])),
    [0, 4],
    [0, 0],
  ],
];

/** Scalar functions of two numbers with their second derivatives at the origin. */
const origins: readonly (readonly [
  name: string,
  f: (a: Tensor, b: Tensor) => Tensor,
  hessian: readonly number[],
])[] = [
  ["hypot", (a, b) => hypot(a, b), [Infinity, 0, 0, Infinity]],
  ["atan2", (a, b) => atan2(a, b), [0, Infinity, -Infinity, 0]],
  ["maximum", (a, b) => maximum(a, b), [0, 0, 0, 0]],
];

/** Functions of two numbers in which a zero factor meets an infinite slope at [0, 4], with their Hessians. */
const curvatures: readonly (readonly [name: string, f: (x: Tensor) => Tensor, hessian: readonly number[]])[] =
  [
    ["products of entries", (x) => sum(square(mul(weights, sqrt(x)))), [0, 0, 0, 0]],
    ["dot products", (x) => square(dot(weights, sqrt(x))), [0, 0, 0, 0]],
    ["matrix-vector products", (x) => sum(square(matvec(tensor([[0, 1]]), sqrt(x)))), [0, 0, 0, 0]],
    ["matrix products", (x) => sum(square(matmul(tensor([[0, 1]]), reshape(sqrt(x), [2, 1])))), [0, 0, 0, 0]],
    ["outer products", (x) => sum(square(diagonal(outer(weights, sqrt(x))))), [0, 0, 0, 0]],
    ["contractions", (x) => square(einsum("i,i->", weights, sqrt(x))), [0, 0, 0, 0]],
    ["determinants", (x) => det(diagonalMatrix(mul(weights, sqrt(x)))), [0, 0, 0, 0]],
    ["softmax", (x) => dot(softmax(sub(sqrt(x), tensor([1e4, 0]))), tensor([1, 2])), [0, 0, 0, 0]],
  ];

describe.each(exactStrategies.map((strategy) => [strategy.name, strategy] as const))("%s", (_, strategy) => {
  it.each(scalars)("%s", (_name, f, at, expected) => {
    expect(strategy.derivative(f)(at) + 0).toBe(expected);
  });

  it.each(scalars)("%s, as an entry of a vector", (_name, f, at, expected) => {
    const gradient = strategy.gradient((x: Tensor) => sum(f(x)))(tensor([at, at]));
    expect(Array.from(gradient.data, (entry) => entry + 0)).toEqual([expected, expected]);
  });

  it.each(vectors)("%s", (_name, f, at, expected) => {
    const found = strategy.gradient(f)(tensor([...at]));
    Array.from(found.data).forEach((entry, i) => expect(entry).toBeCloseTo(expected[i]!, 15));
  });

  it("second derivatives at kinks are 0", () => {
    for (const f of [abs, relu, (x: Tensor) => mul(x, abs(x)), sign]) {
      expect(strategy.derivative((x: Tensor) => strategy.derivative(f)(x))(0) + 0).toBe(0);
    }
  });

  it.each(origins)("second derivatives of %s at the origin", (_name, f, expected) => {
    const hessian = strategy.hessian(f, { arguments: [0, 1] })(tensor(0), tensor(0));
    expect(hessian.flat().map((entry) => entry.item() + 0)).toEqual(expected);
  });

  it("second derivatives of norm at the origin", () => {
    expect(strategy.hessian((x: Tensor) => norm(x))(tensor([0, 0])).toArray()).toEqual([[Infinity, 0], [0, Infinity]]); // prettier-ignore
  });

  it("the second derivative of sqrt at 0 is -∞", () => {
    expect(strategy.derivative((x: Tensor) => strategy.derivative((y: Tensor) => sqrt(y))(x))(0)).toBe(
      -Infinity,
    );
  });

  it.each(curvatures)("second derivatives of %s with a zero factor", (_name, f, expected) => {
    const x = tensor([0, 4]);
    Array.from(strategy.hessian(f)(x).data).forEach((entry, i) =>
      expect(entry).toBeCloseTo(expected[i]!, 14),
    );
    Array.from(strategy.hvp(f)(x)(tensor([1, 1])).data).forEach((entry) => expect(entry).toBeCloseTo(0, 14));
  });

  it("log10'(x) doesn't underflow before x overflows", () => {
    expect(strategy.derivative((x: Tensor) => log10(x))(1e308) * 1e308).toBeCloseTo(Math.LOG10E, 12);
  });

  it("logsumexp of nothing has the tangent 0", () => {
    expect(
      strategy
        .jvp((x: Tensor) => logsumexp(x))(tensor([]))(tensor([]))
        .tangent.item(),
    ).toBe(0);
  });

  it("derivatives at the nodes of a graph keep the sign of a zero", () => {
    const graph = trace((x: Tensor) => exp(div(1, x)))(-0);
    expect(toMermaid(graph, { at: [-0], strategy })).toContain("div<br/>value -Infinity<br/>derivative 0");
  });

  it("second derivatives of powers at 0 are exact", () => {
    const second = (f: (x: Tensor) => Tensor): number =>
      strategy.derivative((x: Tensor) => strategy.derivative(f)(x))(0);
    expect(second((x) => square(x))).toBe(2);
    expect(second((x) => pow(x, 2))).toBe(2);
    expect(second((x) => pow(x, 3)) + 0).toBe(0);
    expect(second((x) => mul(x, x))).toBe(2);
    expect(second((x) => add(mul(x, x), pow(x, 1)))).toBe(2);
  });
});
