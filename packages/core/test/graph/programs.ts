import {
  abs, acos, acosh, add, argmax, asin, asinh, atan, atan2, atanh, broadcastTo, cbrt, ceil, cholesky, concatenate, cos, cosh, cumsum, det, diagonal,
  diagonalMatrix, digamma, div, dot, einsum, equal, erf, erfc, exp, expm1, eye, flip, floor, greater, greaterEqual, hypot, inverse, less, lessEqual,
  lgamma, log, log10, log1p, log2, logdet, logsumexp, matmul, matrixTrace, matvec, max, maximum, min, minimum, mul, neg, norm, notEqual, type Numeric,
  type OperatorName, outer, pad, permute, polygamma, pow, reciprocal, relu, reshape, round, scatterAdd, sigmoid, sign, sin, sinh, slice, softmax,
  softplus, solve, sqrt, square, stack, stopGradient, strongMul, sub, sum, take, tan, tanh, tensor, type Tensor, triangularSolve, tril, triu, where,
} from "../../src/index.ts"; // prettier-ignore

/** A function that uses an operator, with arguments for it. */
export interface Program {
  readonly f: (...args: Tensor[]) => Numeric;
  readonly args: readonly Tensor[];
}

const v = tensor([0.25, 0.5, 0.75]);
const w = tensor([1.5, 2.5, 3.5]);
const m = tensor([[0.5, -1, 2], [1.5, 0.25, -0.75]]); // prettier-ignore
const s = tensor([[4, 1], [1, 3]]); // prettier-ignore
const b = tensor([[1, 2], [3, 5]]); // prettier-ignore

const of = (f: Program["f"], ...args: Tensor[]): Program => ({ f, args });
const one = (f: (x: Tensor) => Tensor): Program => of((x) => f(x), v);
const two = (f: (x: Tensor, y: Tensor) => Tensor): Program => of((x, y) => f(x, y), v, w);

/** One program for every operator; leaving one out doesn't compile. */
export const programs: { readonly [N in OperatorName]: Program } = {
  neg: one(neg), abs: one(abs), sign: one(sign), square: one(square), sqrt: one(sqrt), cbrt: one(cbrt), reciprocal: one(reciprocal), exp: one(exp),
  expm1: one(expm1), log: one(log), log1p: one(log1p), log2: one(log2), log10: one(log10), sin: one(sin), cos: one(cos), tan: one(tan), asin: one(asin),
  acos: one(acos), atan: one(atan), sinh: one(sinh), cosh: one(cosh), tanh: one(tanh), asinh: one(asinh), acosh: of((x) => acosh(x), w), atanh: one(atanh),
  sigmoid: one(sigmoid), softplus: one(softplus), relu: one(relu), erf: one(erf), erfc: one(erfc), lgamma: one(lgamma), digamma: one(digamma),
  polygamma: one((x) => polygamma(2, x)), floor: one(floor), ceil: one(ceil), round: one(round), stopGradient: one(stopGradient),
  add: two(add), sub: two(sub), mul: two(mul), strongMul: two(strongMul), div: two(div), pow: two(pow), atan2: two(atan2), hypot: two(hypot),
  maximum: two(maximum), minimum: two(minimum), equal: two(equal), notEqual: two(notEqual), less: two(less), lessEqual: two(lessEqual),
  greater: two(greater), greaterEqual: two(greaterEqual), where: of((x, y) => where(greater(x, 0.3), x, mul(y, -1)), v, w),
  sum: of((x) => sum(x, { axes: [0], keepDims: true }), m), max: of((x) => max(x, { axes: 1 }), m), min: of((x) => min(x), m),
  logsumexp: of((x) => logsumexp(x, { axes: -1, keepDims: true }), m), norm: of((x) => norm(x, { axes: [0, 1] }), m),
  cumsum: of((x) => cumsum(x, { axis: 1, reverse: true }), m), softmax: of((x) => softmax(x, { axis: 0 }), m), argmax: of((x) => argmax(x, { axis: 1 }), m),
  matmul: of((x, y) => matmul(x, y, { transposeA: true, transposeB: true }), m, tensor([[1, 2], [3, 4], [5, 6]])),
  matvec: of((x, y) => matvec(x, y, { transpose: true }), m, tensor([1, 2])), dot: two(dot), outer: two(outer), trace: of((x) => matrixTrace(x), s),
  diagonal: of((x) => diagonal(x), s), diagonalMatrix: one(diagonalMatrix), det: of((x) => det(x), s), logdet: of((x) => logdet(x), s),
  inverse: of((x) => inverse(x), s), solve: of((x, y) => solve(x, y), s, b),
  triangularSolve: of((x, y) => triangularSolve(x, y, { lower: true, transpose: true, unitDiagonal: false }), s, b), cholesky: of((x) => cholesky(x), s),
  einsum: of((x, y) => einsum("ij,kj->ki", x, y), m, tensor([[1, 2, 3]])),
  reshape: of((x) => reshape(x, [3, 2]), m), permute: of((x) => permute(x, [1, 0]), m), broadcastTo: of((x) => broadcastTo(x, [2, 3]), v),
  slice: of((x) => slice(x, [[0, 2], [2, 0, -1]].slice(0, 1).concat([[0, 3, 2]]) as never), m), concatenate: of((x, y) => concatenate([x, y, x], { axis: 0 }), v, w),
  stack: of((x, y) => stack([x, y], { axis: 1 }), v, w), pad: of((x) => pad(x, [[1, 0], [0, 2]]), m), take: of((x) => take(x, [2, 0, 2], { axis: 1 }), m),
  scatterAdd: of((x) => scatterAdd(x, [3, 0, 3], { axis: 1, size: 4 }), m), flip: of((x) => flip(x, { axes: [0] }), m), tril: of((x) => tril(x, -1), m),
  triu: of((x) => triu(x, 1), m),
}; // prettier-ignore

/** Programs that print something unusual: constants of all kinds, odd numbers, trees, many results. */
export const unusual: Readonly<Record<string, Program>> = {
  constants: of((x) => add(mul(x, tensor([[1], [-2]])), tensor([0.1, 1e300, -1e-7])), v),
  "numbers that need care": of(
    (x) => stack([mul(x, -0), mul(x, Infinity), mul(x, NaN), mul(x, 5e-324), mul(x, -1e21)]),
    v,
  ),
  "an empty constant": of((x) => concatenate([x, tensor([])]), v),
  "a large constant": of(
    (x) => dot(x, sum(broadcastTo(eye(30), [30, 30]), { axes: 0 })),
    tensor(Array.from({ length: 30 }, (_, i) => i)),
  ),
  "a constant result": of(() => 5, v),
  "a negative constant": of(() => tensor([-0, -1]), v),
};
