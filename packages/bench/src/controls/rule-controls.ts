import {
  add, cofactor, cos, cumsum, div, exp, log, matmul, mul, neg, type OperatorName, pad, permute, polygamma, pow, reshape, scatterAdd, sign, slice, solve,
  strongMul, sub, sum, transpose, triangularSolve, tril, where, type Tensor,
} from "@fluxion/core"; // prettier-ignore
import { type JvpRules, rules as jvpRules } from "@fluxion/forward-dual";
import { rules as vjpRules, type VjpRules } from "@fluxion/reverse-tape";
import type { Control } from "./control.ts";
import { forwardWith } from "./forward.ts";
import { reverseWith } from "./reverse.ts";

function forward<N extends OperatorName>(operator: N, fault: string, rule: JvpRules[N]): Control {
  return { operator, fault, strategy: forwardWith(`forward: ${fault}`, { [operator]: rule as unknown }) };
}

function reverse<N extends OperatorName>(operator: N, fault: string, rule: VjpRules[N]): Control {
  return { operator, fault, strategy: reverseWith(`reverse: ${fault}`, { [operator]: rule as unknown }) };
}

const columns = (a: Tensor): Tensor => transpose(a, [...a.shape.slice(0, -2).keys(), a.rank - 1, a.rank - 2]);

/** Rules with the mistakes that people make in them. */
export const ruleControls: readonly Control[] = [
  forward("cos", "cos' = sin", [(t, { inputs: [x] }) => strongMul(t, neg(cos(x)))]),
  forward("square", "(x²)' = x", [(t, { inputs: [x] }) => strongMul(t, x)]),
  forward("sqrt", "(√x)' = 1/√x", [(t, { output }) => div(t, output)]),
  forward("tanh", "tanh' = 1 - tanh", [(t, { output }) => mul(t, sub(1, output))]),
  forward("abs", "|x|' = 1", [(t) => t]),
  forward("lgamma", "(log Γ)' = log", [(t, { inputs: [x] }) => mul(t, log(x))]),
  forward("polygamma", "polygamma' of the same order", [
    (t, { inputs: [x], attributes: { order } }) => mul(t, polygamma(order, x)),
  ]),
  forward("mul", "the product rule without its second term", [jvpRules.mul[0], null]),
  forward("div", "the quotient rule without the denominator", [jvpRules.div[0], null]),
  forward("div", "the quotient rule without the square", [
    jvpRules.div[0],
    (t, { inputs: [a, b] }) => neg(mul(t, div(a, b))),
  ]),
  forward("pow", "a power's exponent taken for a constant", [jvpRules.pow[0], null]),
  forward("pow", "(xⁿ)' = n xⁿ", [(t, { inputs: [a, b] }) => mul(t, mul(b, pow(a, b))), jvpRules.pow[1]]),
  forward("atan2", "atan2 with its operands exchanged", [jvpRules.atan2[1], jvpRules.atan2[0]]),
  forward("max", "the maximum's tangent from all entries", [(t, { attributes }) => sum(t, attributes)]),
  forward("softmax", "softmax's diagonal only", [(t, { output }) => mul(t, mul(output, sub(1, output)))]),
  forward("strongMul", "a stop where there is none", [null, null]),
  forward("stopGradient", "stopGradient passed through", [(t) => t]),
  reverse("sub", "sub's second operand with the sign of the first", {
    keeps: "nothing",
    pullback: [(g) => g, (g) => g],
  }),
  reverse("maximum", "the maximum's cotangent always shared", {
    keeps: "nothing",
    pullback: [(g) => mul(0.5, g), (g) => mul(0.5, g)],
  }),
  reverse("where", "where with its branches exchanged", {
    keeps: "inputs",
    pullback: [
      null,
      (g, { inputs: [condition] }) => where(condition, 0, g),
      (g, { inputs: [condition] }) => where(condition, g, 0),
    ],
  }),
  reverse("relu", "relu with a slope of 0.01 below 0", {
    keeps: "inputs",
    pullback: [(g, { inputs: [x] }) => mul(g, add(0.505, mul(0.495, sign(x))))],
  }),
  reverse("sum", "a sum taken for a mean", {
    keeps: "nothing",
    pullback: [(g, residuals) => div(pullbackOf("sum")(g, residuals), residuals.shapes[0]!.reduce((size, length) => size * length, 1))], // prettier-ignore
  }),
  reverse("logsumexp", "logsumexp's gradient not normalised", {
    keeps: "both",
    pullback: [(g, { inputs: [x], attributes: { axes } }) => mul(exp(x), reshape(g, x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length))))], // prettier-ignore
  }),
  reverse("norm", "the norm's gradient not divided by the norm", {
    keeps: "both",
    pullback: [(g, { inputs: [x], attributes: { axes } }) => mul(x, reshape(g, x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length))))], // prettier-ignore
  }),
  reverse("cumsum", "a running sum summed in the same direction", {
    keeps: "nothing",
    pullback: [(g, { attributes: { axis, reverse: fromEnd } }) => cumsum(g, { axis, reverse: fromEnd })],
  }),
  reverse("matmul", "the matrix product with its transposes exchanged", {
    keeps: "inputs",
    pullback: [
      (g, { inputs: [, b], attributes: { transposeA, transposeB } }) =>
        matmul(g, b, { transposeA, transposeB }),
      (g, { inputs: [a], attributes: { transposeA, transposeB } }) =>
        matmul(a, g, { transposeA, transposeB }),
    ],
  }),
  reverse("det", "the gradient of det transposed", {
    keeps: "inputs",
    pullback: [(g, { inputs: [a] }) => mul(reshape(g, [...g.shape, 1, 1]), columns(cofactor(a)))],
  }),
  reverse("inverse", "the inverse without its minus", {
    keeps: "output",
    pullback: [
      (g, { output }) => matmul(matmul(output, g, { transposeA: true }), output, { transposeB: true }),
    ],
  }),
  reverse("solve", "solve's right-hand side without the transpose", {
    keeps: "both",
    pullback: [
      (g, { inputs: [a], output }) => neg(matmul(solve(columns(a), g), output, { transposeB: true })),
      (g, { inputs: [a] }) => solve(a, g),
    ],
  }),
  reverse("triangularSolve", "a triangular solve with the whole matrix's cotangent", {
    keeps: "both",
    pullback: [
      (g, { inputs: [a], output, attributes }) => {
        const b = triangularSolve(a, g, { ...attributes, transpose: !attributes.transpose });
        return neg(
          attributes.transpose
            ? matmul(output, b, { transposeB: true })
            : matmul(b, output, { transposeB: true }),
        );
      },
      (g, { inputs: [a], attributes }) =>
        triangularSolve(a, g, { ...attributes, transpose: !attributes.transpose }),
    ],
  }),
  reverse("cholesky", "the Cholesky factor's cotangent not symmetric", {
    keeps: "output",
    pullback: [(g, residuals) => tril(mul(2, pullbackOf("cholesky")(g, residuals)))],
  }),
  reverse("permute", "axes permuted back by the same permutation", {
    keeps: "nothing",
    pullback: [(g, { attributes: { axes } }) => permute(g, axes)],
  }),
  reverse("slice", "a slice put back at the start", {
    keeps: "nothing",
    pullback: [(g, { shapes: [x] }) => pad(g, x!.map((length, axis) => [0, length - g.shape[axis]!] as const))], // prettier-ignore
  }),
  reverse("pad", "padding cut off at the wrong end", {
    keeps: "nothing",
    pullback: [(g, { shapes: [x], attributes: { after } }) => slice(g, x!.map((length, axis) => [after[axis]!, after[axis]! + length] as const))], // prettier-ignore
  }),
  reverse("take", "an entry that is taken twice receives once", {
    keeps: "nothing",
    pullback: [
      (g, { shapes: [x], attributes: { axis, indices } }) => {
        const last = indices.map((index, i) => (indices.lastIndexOf(index) === i ? 1 : 0));
        const once = mul(g, reshape(Float64Array.from(last), g.shape.map((length, i) => (i === axis ? length : 1)))); // prettier-ignore
        return scatterAdd(once, indices, { axis, size: x![axis]! });
      },
    ],
  }),
  reverse("concatenate", "concatenated parts handed back from the start", {
    keeps: "nothing",
    pullback: (g, { shapes, attributes: { axis } }, position) => slice(g, g.shape.map((_, i) => (i === axis ? ([0, shapes[position]![axis]!] as const) : null))), // prettier-ignore
  }),
];

/** The right rule of an operator with one operand. */
function pullbackOf(operator: "sum" | "cholesky"): (g: Tensor, residuals: object) => Tensor {
  return (vjpRules[operator].pullback as readonly [(g: Tensor, residuals: object) => Tensor])[0];
}
