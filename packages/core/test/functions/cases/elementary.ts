import * as functions from "../../../src/functions/index.ts";
import { add, type Big, big, div, mul, neg, ONE, sqrt } from "../reference/big.ts";
import * as exact from "../reference/elementary.ts";
import { around } from "../reference/sampling.ts";
import { type Case, huge, tiny, unary } from "./case.ts";

const MAX = Number.MAX_VALUE;
const MIN = Number.MIN_VALUE;
const FIRST_ABOVE_MINUS_1 = -1 + 2 ** -53;
/** Of all numbers the one that comes nearest to a multiple of π/2 (Kahan), and numbers next to small multiples. */
const nearQuarterTurns = [
  5.319372648326541e255,
  ...around(...[1, 2, 3, 4, 5, 10, 100, 1e5].map((k) => (k * Math.PI) / 2)),
];
const angles = [
  [-MAX, MAX],
  [-10, 10],
  [-1e6, 1e6],
] as const;
const adversarialAngles = [...tiny.both, ...huge.both, ...nearQuarterTurns];
/** Where eˣ rounds to 1, turns subnormal, vanishes and overflows. */
const exponents = around(1, -1, 36.7, -36.7, 100, -708.3964185322641, -745.1332191019411, 709.782712893384);

function tan(x: Big): Big {
  const [s, c] = exact.sinCos(x);
  return div(s, c);
}

function tanh(x: Big): Big {
  const e = exact.expm1(add(x, x));
  return div(e, add(e, big(2)));
}

const reciprocal = (x: Big): Big => div(ONE, x);

export const elementaryCases: readonly Case[] = [
  unary(
    functions.square,
    (x) => mul(x, x),
    [
      [-1e154, 1e154],
      [-4, 4],
    ],
    tiny.both,
  ),
  unary(
    functions.sqrt,
    sqrt,
    [
      [MIN, MAX],
      [MIN, 4],
    ],
    tiny.positive,
  ),
  unary(
    functions.cbrt,
    exact.cubeRoot,
    [
      [-MAX, MAX],
      [-30, 30],
    ],
    [...tiny.both, ...huge.both, 8, 27, 1e-3],
  ),
  unary(
    functions.reciprocal,
    reciprocal,
    [
      [1e-308, MAX],
      [-4, -1],
    ],
    huge.both,
  ),

  unary(
    functions.exp,
    exact.exp,
    [
      [-745.2, 709.8],
      [-1, 1],
      [-745.2, -700],
    ],
    [...tiny.both, ...exponents, Math.LN2 / 2],
  ),
  unary(
    functions.expm1,
    exact.expm1,
    [
      [-800, 709.8],
      [-1, 1],
      [-50, 50],
    ],
    [...tiny.both, ...exponents, Math.LN2 / 2, -0.25],
  ),
  unary(
    functions.log,
    exact.log,
    [
      [MIN, MAX],
      [0.5, 2],
    ],
    [...tiny.positive, ...huge.positive, ...around(1, Math.SQRT2, 2)],
  ),
  unary(
    functions.log1p,
    exact.log1p,
    [
      [FIRST_ABOVE_MINUS_1, MAX],
      [-0.99, 2],
      [-0.3, 0.5],
    ],
    [...tiny.both, ...huge.positive, ...around(-0.2929, 0.41422, 1, -0.5)],
  ),
  unary(
    functions.log2,
    (x) => div(exact.log(x), exact.LN2),
    [
      [MIN, MAX],
      [0.5, 2],
    ],
    [...tiny.positive, ...huge.positive, ...around(1, Math.SQRT2, 2, 8)],
  ),
  unary(
    functions.log10,
    (x) => div(exact.log(x), exact.LN10),
    [
      [MIN, MAX],
      [0.5, 2],
      [MIN, 100],
    ],
    [...tiny.positive, ...huge.positive, ...around(1, 10, 1000, 1e-3)],
    0.501,
  ),

  unary(functions.sin, (x) => exact.sinCos(x)[0], angles, adversarialAngles),
  unary(functions.cos, (x) => exact.sinCos(x)[1], angles, adversarialAngles),
  unary(functions.tan, tan, angles, adversarialAngles),
  unary(
    functions.asin,
    exact.arcsin,
    [
      [-1, 1],
      [0.4, 1],
    ],
    [...tiny.both, ...around(0.5, -0.5, 0.975), 1 - 2 ** -53, 1, -1],
  ),
  unary(
    functions.acos,
    exact.arccos,
    [
      [-1, 1],
      [-1, -0.4],
    ],
    [...tiny.both, ...around(0.5, -0.5), 1 - 2 ** -53, 1 - 2 ** -40, 2 ** -53 - 1],
  ),
  unary(
    functions.atan,
    exact.arctan,
    [
      [-MAX, MAX],
      [-4, 4],
    ],
    [...tiny.both, ...huge.both, ...around(7 / 16, 11 / 16, 19 / 16, 39 / 16, 1)],
  ),

  unary(
    functions.sinh,
    exact.sinh,
    [
      [-710.4, 710.4],
      [-2, 2],
      [-30, 30],
    ],
    [...tiny.both, ...around(1, 1.4437, 22, -22, 709, 709.782712893384, 710.4758600739439)],
    1.6,
  ),
  unary(
    functions.cosh,
    exact.cosh,
    [
      [-710.4, 710.4],
      [-2, 2],
      [-30, 30],
    ],
    [...tiny.both, ...around(0.34, 22, 709, 709.782712893384, 710.4758600739439)],
    1.2,
  ),
  unary(
    functions.tanh,
    tanh,
    [
      [-20, 20],
      [-1, 1],
    ],
    [...tiny.both, ...around(0.1, 0.35, 0.5, 0.8, 1, 19, 20, 22)],
    1.1,
  ),
  unary(
    functions.asinh,
    exact.arsinh,
    [
      [-MAX, MAX],
      [-4, 4],
    ],
    [...tiny.both, ...huge.both, ...around(2, -2, 2 ** 28, -1e10)],
  ),
  unary(
    functions.acosh,
    exact.arcosh,
    [
      [1 + 2 ** -52, MAX],
      [1 + 2 ** -52, 4],
    ],
    [...huge.positive, 1 + 2 ** -52, 1 + 1e-10, ...around(1.0001, 1.1254643305899197, 1.5, 2, 2 ** 28)],
    1.3,
  ),
  unary(
    functions.atanh,
    exact.artanh,
    [
      [FIRST_ABOVE_MINUS_1, 1 - 2 ** -53],
      [-0.6, 0.6],
    ],
    [...tiny.both, ...around(0.5, -0.5, 0.2), 1 - 2 ** -53, 1 - 2 ** -40],
  ),

  unary(
    functions.sigmoid,
    (x) => reciprocal(add(ONE, exact.exp(neg(x)))),
    [
      [-745, 50],
      [-5, 5],
    ],
    [...tiny.both, ...exponents, ...around(-709.5, -4.152309205810332), 1000],
    1.85,
  ),
  unary(
    functions.softplus,
    (x) => exact.log1p(exact.exp(x)),
    [
      [-745, 800],
      [-5, 5],
    ],
    [...tiny.both, ...exponents, ...around(-709.5), 1e9],
    1.6,
  ),
];
