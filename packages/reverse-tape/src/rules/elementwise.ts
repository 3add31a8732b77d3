import {
  add, cosh, cos, digamma, div, equal, exp, greaterEqual, hypot, lessEqual, log, mul, neg, polygamma, pow, reciprocal, sigmoid,
  sign, sin, sinh, sqrt, square, strongMul, sub, where, type Tensor,
} from "@fluxion/core"; // prettier-ignore
import type { VjpRules } from "./rule.ts";

const TWO_OVER_ROOT_PI: number = 2 / Math.sqrt(Math.PI);

/** Cotangents g times local derivatives; the product is strong, so that a zero cotangent stops at an infinite one. */
export const elementwiseRules: VjpRules<
  | "neg"
  | "abs"
  | "sign"
  | "square"
  | "sqrt"
  | "cbrt"
  | "reciprocal"
  | "exp"
  | "expm1"
  | "log"
  | "log1p"
  | "log2"
  | "log10"
  | "sin"
  | "cos"
  | "tan"
  | "asin"
  | "acos"
  | "atan"
  | "sinh"
  | "cosh"
  | "tanh"
  | "asinh"
  | "acosh"
  | "atanh"
  | "sigmoid"
  | "softplus"
  | "relu"
  | "erf"
  | "erfc"
  | "lgamma"
  | "digamma"
  | "polygamma"
  | "floor"
  | "ceil"
  | "round"
  | "stopGradient"
  | "add"
  | "sub"
  | "mul"
  | "strongMul"
  | "div"
  | "pow"
  | "atan2"
  | "hypot"
  | "maximum"
  | "minimum"
  | "equal"
  | "notEqual"
  | "less"
  | "lessEqual"
  | "greater"
  | "greaterEqual"
  | "where"
> = {
  // prettier-ignore
  neg: { keeps: "nothing", pullback: [(g) => neg(g)] },
  abs: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, sign(x))] },
  sign: { keeps: "nothing", pullback: [null] },
  square: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, add(x, x))] },
  sqrt: {
    keeps: "output",
    pullback: [(g, { output }) => strongMul(g, reciprocal(add(0, add(output, output))))],
  }, // 1/(2√x), +∞ at both zeros: 0 + -0 is 0
  cbrt: { keeps: "output", pullback: [(g, { output }) => strongMul(g, div(1 / 3, square(output)))] }, // 1/(3 ∛x²)
  reciprocal: { keeps: "output", pullback: [(g, { output }) => neg(strongMul(g, square(output)))] },
  exp: { keeps: "output", pullback: [(g, { output }) => strongMul(g, output)] },
  expm1: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, exp(x))] },
  log: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, reciprocal(x))] },
  log1p: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, reciprocal(add(x, 1)))] },
  log2: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, div(1 / Math.LN2, x))] },
  log10: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, div(1 / Math.LN10, x))] },

  sin: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, cos(x))] },
  cos: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => neg(strongMul(g, sin(x)))] },
  tan: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, reciprocal(square(cos(x))))] }, // sec²
  asin: {
    keeps: "inputs",
    pullback: [(g, { inputs: [x] }) => strongMul(g, reciprocal(rootOneMinusSquare(x)))],
  },
  acos: {
    keeps: "inputs",
    pullback: [(g, { inputs: [x] }) => neg(strongMul(g, reciprocal(rootOneMinusSquare(x))))],
  },
  atan: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, reciprocal(add(square(x), 1)))] },

  sinh: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, cosh(x))] },
  cosh: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, sinh(x))] },
  tanh: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, reciprocal(square(cosh(x))))] }, // sech²
  asinh: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, reciprocal(hypot(x, 1)))] },
  acosh: {
    keeps: "inputs",
    pullback: [(g, { inputs: [x] }) => strongMul(g, reciprocal(mul(sqrt(add(x, 1)), sqrt(sub(x, 1)))))],
  },
  atanh: {
    keeps: "inputs",
    pullback: [(g, { inputs: [x] }) => strongMul(g, reciprocal(mul(add(1, x), sub(1, x))))],
  },

  sigmoid: {
    keeps: "inputs",
    pullback: [(g, { inputs: [x] }) => strongMul(g, mul(sigmoid(x), sigmoid(neg(x))))],
  },
  softplus: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, sigmoid(x))] },
  relu: { keeps: "output", pullback: [(g, { output }) => strongMul(g, sign(output))] },
  erf: {
    keeps: "inputs",
    pullback: [(g, { inputs: [x] }) => strongMul(g, mul(TWO_OVER_ROOT_PI, exp(neg(square(x)))))],
  },
  erfc: {
    keeps: "inputs",
    pullback: [(g, { inputs: [x] }) => strongMul(neg(g), mul(TWO_OVER_ROOT_PI, exp(neg(square(x)))))],
  },
  lgamma: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, digamma(x))] },
  digamma: { keeps: "inputs", pullback: [(g, { inputs: [x] }) => strongMul(g, polygamma(1, x))] },
  polygamma: {
    keeps: "inputs",
    pullback: [(g, { inputs: [x], attributes }) => strongMul(g, polygamma(attributes.order + 1, x))],
  },
  floor: { keeps: "nothing", pullback: [null] },
  ceil: { keeps: "nothing", pullback: [null] },
  round: { keeps: "nothing", pullback: [null] },
  stopGradient: { keeps: "nothing", pullback: [null] },

  add: { keeps: "nothing", pullback: [(g) => g, (g) => g] },
  sub: { keeps: "nothing", pullback: [(g) => g, (g) => neg(g)] },
  mul: {
    keeps: "inputs",
    pullback: [(g, { inputs: [, b] }) => strongMul(g, b), (g, { inputs: [a] }) => strongMul(g, a)],
  },
  strongMul: {
    keeps: "inputs",
    pullback: [(g, { inputs: [, b] }) => strongMul(g, b), (g, { inputs: [a] }) => strongMul(g, a)],
  },
  div: {
    keeps: "inputs",
    pullback: [
      (g, { inputs: [, b] }) => strongMul(g, reciprocal(b)),
      (g, { inputs: [a, b] }) => neg(strongMul(g, div(div(a, b), b))),
    ],
  },
  pow: {
    keeps: "inputs",
    pullback: [
      (g, { inputs: [a, b] }) => strongMul(g, strongMul(b, pow(a, sub(b, 1)))), // b aᵇ⁻¹
      (g, { inputs: [a, b] }) => strongMul(g, strongMul(pow(a, b), log(a))), // aᵇ log a
    ],
  },
  atan2: {
    keeps: "inputs",
    pullback: [
      (g, { inputs: [a, b] }) => strongMul(g, overSquare(b, a, b)),
      (g, { inputs: [a, b] }) => neg(strongMul(g, overSquare(a, a, b))),
    ],
  },
  hypot: {
    keeps: "inputs",
    pullback: [
      (g, { inputs: [a, b] }) => strongMul(g, overRadius(a, a, b)),
      (g, { inputs: [a, b] }) => strongMul(g, overRadius(b, a, b)),
    ],
  },
  maximum: {
    keeps: "inputs",
    pullback: [
      (g, { inputs: [a, b] }) => strongMul(g, among(greaterEqual(a, b), lessEqual(a, b))),
      (g, { inputs: [a, b] }) => strongMul(g, among(lessEqual(a, b), greaterEqual(a, b))),
    ],
  },
  minimum: {
    keeps: "inputs",
    pullback: [
      (g, { inputs: [a, b] }) => strongMul(g, among(lessEqual(a, b), greaterEqual(a, b))),
      (g, { inputs: [a, b] }) => strongMul(g, among(greaterEqual(a, b), lessEqual(a, b))),
    ],
  },
  equal: { keeps: "nothing", pullback: [null, null] },
  notEqual: { keeps: "nothing", pullback: [null, null] },
  less: { keeps: "nothing", pullback: [null, null] },
  lessEqual: { keeps: "nothing", pullback: [null, null] },
  greater: { keeps: "nothing", pullback: [null, null] },
  greaterEqual: { keeps: "nothing", pullback: [null, null] },
  where: {
    keeps: "inputs",
    pullback: [
      null,
      (g, { inputs: [condition] }) => where(condition, g, 0),
      (g, { inputs: [condition] }) => where(condition, 0, g),
    ],
  },
};

/** √(1 - x²) without the cancellation near ±1. */
function rootOneMinusSquare(x: Tensor): Tensor {
  return sqrt(mul(add(1, x), sub(1, x)));
}

/** p/√(a² + b²); a strong product at the origin, where p is 0: 0, and as steep as the division gets. */
function overRadius(p: Tensor, a: Tensor, b: Tensor): Tensor {
  const radius = hypot(a, b);
  return where(equal(radius, 0), strongMul(p, reciprocal(radius)), div(p, radius));
}

/** p/(a² + b²), 0 where either factor is: where p is, and infinitely far out. */
function overSquare(p: Tensor, a: Tensor, b: Tensor): Tensor {
  return strongMul(reciprocal(hypot(a, b)), overRadius(p, a, b));
}

/** 1 for the operand chosen, a half for both where either may be, and NaN where they don't compare. */
function among(own: Tensor, other: Tensor): Tensor {
  return div(own, add(own, other));
}
