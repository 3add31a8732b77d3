import {
  add, cos, cosh, digamma, div, equal, exp, hypot, log, mul, neg, polygamma, pow, reciprocal, sigmoid, sign, sin,
  sinh, sqrt, square, strongMul, sub, where, type Tensor,
} from "@fluxion/core"; // prettier-ignore
import { positive } from "./positive.ts";
import type { JvpRules } from "./rule.ts";

/** Tangents t times local derivatives, written so that an exact zero of either annihilates an infinity of the other. */
export const elementwiseRules: JvpRules<
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
  neg: [(t) => neg(t)], // (-x)' = -1
  abs: [(t, { inputs: [x] }) => strongMul(t, sign(x))], // |x|' = sign x
  sign: [null],
  square: [(t, { inputs: [x] }) => strongMul(t, mul(2, x))], // (x²)' = 2x
  sqrt: [(t, { output }) => strongMul(t, div(0.5, add(output, 0)))], // (√x)' = 1/(2√x), +∞ at both zeros: -0 + 0 is 0
  cbrt: [(t, { output }) => strongMul(t, reciprocal(mul(3, square(output))))], // (∛x)' = 1/(3 ∛x²)
  reciprocal: [(t, { output }) => strongMul(t, neg(square(output)))], // (1/x)' = -1/x²
  exp: [(t, { output }) => strongMul(t, output)], // (eˣ)' = eˣ
  expm1: [(t, { inputs: [x] }) => strongMul(t, exp(x))], // (eˣ - 1)' = eˣ
  log: [(t, { inputs: [x] }) => strongMul(t, reciprocal(x))], // (log x)' = 1/x
  log1p: [(t, { inputs: [x] }) => strongMul(t, reciprocal(add(1, x)))], // log(1 + x)' = 1/(1 + x)
  log2: [(t, { inputs: [x] }) => strongMul(t, div(Math.LOG2E, x))], // (log₂ x)' = log₂e / x
  log10: [(t, { inputs: [x] }) => strongMul(t, div(Math.LOG10E, x))], // (log₁₀ x)' = log₁₀e / x

  sin: [(t, { inputs: [x] }) => strongMul(t, cos(x))], // sin' = cos
  cos: [(t, { inputs: [x] }) => strongMul(t, neg(sin(x)))], // cos' = -sin
  tan: [(t, { output }) => strongMul(t, add(1, square(output)))], // tan' = 1 + tan²
  asin: [(t, { inputs: [x] }) => strongMul(t, reciprocal(sqrt(mul(sub(1, x), add(1, x)))))], // asin' = 1/√(1 - x²)
  acos: [(t, { inputs: [x] }) => strongMul(t, neg(reciprocal(sqrt(mul(sub(1, x), add(1, x))))))], // acos' = -asin'
  atan: [(t, { inputs: [x] }) => strongMul(t, reciprocal(add(1, square(x))))], // atan' = 1/(1 + x²)

  sinh: [(t, { inputs: [x] }) => strongMul(t, cosh(x))], // sinh' = cosh
  cosh: [(t, { inputs: [x] }) => strongMul(t, sinh(x))], // cosh' = sinh
  tanh: [(t, { inputs: [x] }) => strongMul(t, reciprocal(square(cosh(x))))], // tanh' = sech², without the cancellation of 1 - tanh²
  asinh: [(t, { inputs: [x] }) => strongMul(t, reciprocal(hypot(1, x)))], // asinh' = 1/√(1 + x²)
  acosh: [(t, { inputs: [x] }) => strongMul(t, reciprocal(mul(sqrt(sub(x, 1)), sqrt(add(x, 1)))))], // acosh' = 1/√(x² - 1)
  atanh: [(t, { inputs: [x] }) => strongMul(t, reciprocal(mul(sub(1, x), add(1, x))))], // atanh' = 1/(1 - x²)

  sigmoid: [(t, { inputs: [x], output }) => strongMul(t, mul(output, sigmoid(neg(x))))], // σ' = σ(x) σ(-x)
  softplus: [(t, { inputs: [x] }) => strongMul(t, sigmoid(x))], // log(1 + eˣ)' = σ
  relu: [(t, { output }) => strongMul(t, sign(output))], // 1 above 0, 0 below and at the kink
  erf: [(t, { inputs: [x] }) => strongMul(t, mul(2 / Math.sqrt(Math.PI), exp(neg(square(x)))))], // erf' = 2/√π exp(-x²)
  erfc: [(t, { inputs: [x] }) => strongMul(t, mul(-2 / Math.sqrt(Math.PI), exp(neg(square(x)))))], // erfc' = -erf'
  lgamma: [(t, { inputs: [x] }) => strongMul(t, digamma(x))], // (log|Γ|)' = ψ
  digamma: [(t, { inputs: [x] }) => strongMul(t, polygamma(1, x))], // ψ' = ψ⁽¹⁾
  polygamma: [(t, { inputs: [x], attributes: { order } }) => strongMul(t, polygamma(order + 1, x))], // ψ⁽ⁿ⁾' = ψ⁽ⁿ⁺¹⁾
  floor: [null],
  ceil: [null],
  round: [null],
  stopGradient: [null],

  add: [(t) => t, (t) => t],
  sub: [(t) => t, (t) => neg(t)],
  mul: [(t, { inputs: [, b] }) => strongMul(t, b), (t, { inputs: [a] }) => strongMul(a, t)],
  strongMul: [(t, { inputs: [, b] }) => strongMul(t, b), (t, { inputs: [a] }) => strongMul(a, t)],
  div: [
    (t, { inputs: [, b] }) => strongMul(t, reciprocal(b)), // ∂(a/b)/∂a = 1/b
    (t, { inputs: [, b], output }) => strongMul(t, neg(div(output, b))), // ∂(a/b)/∂b = -(a/b)/b
  ],
  pow: [
    (t, { inputs: [a, b] }) => strongMul(t, strongMul(b, pow(a, sub(b, 1)))), // ∂aᵇ/∂a = b aᵇ⁻¹, 0 for b = 0
    (t, { inputs: [a], output }) => strongMul(t, strongMul(output, log(a))), // ∂aᵇ/∂b = aᵇ log a, 0 for aᵇ = 0
  ],
  atan2: [
    (t, { inputs: [a, b] }) => strongMul(t, overSquaredRadius(b, a, b)), // ∂/∂a = b/(a² + b²)
    (t, { inputs: [a, b] }) => strongMul(t, neg(overSquaredRadius(a, a, b))), // ∂/∂b = -a/(a² + b²)
  ],
  hypot: [
    (t, { inputs: [a], output }) => strongMul(t, div(a, positive(output))), // a/√(a² + b²), 0 at the origin
    (t, { inputs: [, b], output }) => strongMul(t, div(b, positive(output))),
  ],
  maximum: [
    (t, { inputs: [a, b], output }) => strongMul(t, shareOf(a, b, output)), // ties share evenly
    (t, { inputs: [a, b], output }) => strongMul(t, shareOf(b, a, output)),
  ],
  minimum: [
    (t, { inputs: [a, b], output }) => strongMul(t, shareOf(a, b, output)),
    (t, { inputs: [a, b], output }) => strongMul(t, shareOf(b, a, output)),
  ],
  equal: [null, null],
  notEqual: [null, null],
  less: [null, null],
  lessEqual: [null, null],
  greater: [null, null],
  greaterEqual: [null, null],
  where: [
    null,
    (t, { inputs: [condition] }) => where(condition, t, 0),
    (t, { inputs: [condition] }) => where(condition, 0, t),
  ],
};

/** p/(a² + b²) without overflow of the squares; 0 where p is 0, so at the origin, and far out. */
function overSquaredRadius(p: Tensor, a: Tensor, b: Tensor): Tensor {
  const radius = positive(hypot(a, b));
  return strongMul(div(p, radius), reciprocal(radius));
}

/** The share of an operand in an extremum of two: 1, a half or nothing; 0/0, thus NaN, where one of them is NaN. */
function shareOf(own: Tensor, other: Tensor, output: Tensor): Tensor {
  const attains = equal(own, output);
  return div(attains, add(attains, equal(other, output)));
}
