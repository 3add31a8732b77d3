import type { Attributes } from "@fluxion/core";
import { atan2 } from "../functions/atan2.ts";
import * as z from "../functions/complex.ts";
import { erf, erfc } from "../functions/error-function.ts";
import * as e from "../functions/exponential.ts";
import { digamma, lgamma } from "../functions/gamma.ts";
import { polygamma } from "../functions/polygamma.ts";
import * as t from "../functions/trigonometric.ts";
import { binary, map, unary } from "./elementwise.ts";
import type { ComplexEvaluation, ComplexEvaluations, NotAnalytic } from "./evaluation.ts";
import { cholesky, det, inverse, logdet, solve, triangularSolve } from "./linear-algebra.ts";
import { choice, linear, multilinear } from "./linear.ts";
import { logsumexp, norm, softmax } from "./reduction.ts";

const moves: ComplexEvaluation = linear("exact");
const sums: ComplexEvaluation = linear("steps");

const kink: NotAnalytic = { reason: "has a kink" };
const steps: NotAnalytic = { reason: "goes in steps" };
const order: NotAnalytic = { reason: "compares, and complex numbers have no order" };

const ofOrder: ComplexEvaluation<Attributes<"polygamma">> = {
  rounding: "steps",
  evaluate: ([x], { attributes }) => map(x!, (entry) => polygamma(attributes.order, entry)),
};

/**
 * What every operator of core is on complex numbers, if it is analytic. Each takes the values that core gives it on the
 * real axis; none knows a derivative.
 */
// prettier-ignore
export const evaluations: ComplexEvaluations = {
  neg: unary(z.neg, "exact"), square: unary(z.square), sqrt: unary(e.sqrt), cbrt: unary(e.cbrt), reciprocal: unary(z.reciprocal),
  exp: unary(e.exp), expm1: unary(e.expm1),
  log: unary(e.log), log1p: unary(e.log1p), log2: unary(e.log2), log10: unary(e.log10),
  sin: unary(t.sin), cos: unary(t.cos), tan: unary(t.tan), asin: unary(t.asin), acos: unary(t.acos), atan: unary(t.atan),
  sinh: unary(t.sinh), cosh: unary(t.cosh), tanh: unary(t.tanh), asinh: unary(t.asinh), acosh: unary(t.acosh), atanh: unary(t.atanh),
  sigmoid: unary(e.sigmoid), softplus: unary(e.softplus),
  erf: unary(erf), erfc: unary(erfc),
  lgamma: unary(lgamma, "steps"), digamma: unary(digamma, "steps"), polygamma: ofOrder,
  abs: kink, relu: kink, sign: steps, floor: steps, ceil: steps, round: steps,
  // What is held constant for rules is a value like any other to a strategy that sees only values.
  stopGradient: unary((entry) => entry, "exact"),

  add: binary(z.add, "result"), sub: binary(z.sub, "result"), mul: binary(z.mul), strongMul: binary(z.strongMul), div: binary(z.div),
  pow: binary(e.pow, "base"), hypot: binary(e.hypot), atan2: binary(atan2, "steps"),
  maximum: kink, minimum: kink,
  equal: order, notEqual: order, less: order, lessEqual: order, greater: order, greaterEqual: order,
  where: choice,

  sum: sums, cumsum: sums, logsumexp, norm, softmax,
  max: kink, min: kink, argmax: order,

  matmul: multilinear, matvec: multilinear, dot: multilinear, outer: multilinear, einsum: multilinear,
  trace: sums, diagonal: moves, diagonalMatrix: moves,
  det, logdet, inverse, solve, triangularSolve, cholesky,

  reshape: moves, permute: moves, broadcastTo: moves, slice: moves, concatenate: moves, stack: moves, pad: moves, take: moves,
  scatterAdd: sums, flip: moves, tril: moves, triu: moves,
};
