import type { Sum, TensorNode } from "./node.ts";
import * as Q from "./rational.ts";

/** Functions whose values are never negative. */
const NONNEGATIVE: ReadonlySet<string> = new Set([
  "exp", "cosh", "abs", "sigmoid", "softplus", "relu", "erfc", "hypot",
  "equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual",
]); // prettier-ignore

/** Whether node^power is known to be ≥ 0 wherever it is defined. */
export function isNonnegative(node: TensorNode, power: Q.Rational = Q.one): boolean {
  if (Q.isEven(power) || !Q.isInteger(power)) return true;
  switch (node.kind) {
    case "variable":
      return node.assumptions.has("positive");
    case "constant":
    case "delta":
    case "merge":
      return true;
    case "elementwise":
      return NONNEGATIVE.has(node.name) || (node.name === "pow" && isNonnegative(node.operands[0]!));
    case "product":
      return (
        !Q.isNegative(node.coefficient) &&
        node.factors.every((factor) => isNonnegative(factor.node, factor.power))
      );
    case "sum":
      return node.terms.every((term) => !Q.isNegative(term.coefficient) && isNonnegative(term.node));
    case "head":
      return node.name === "softmax" || node.name === "sigmamax" || isPositive(node);
  }
}

/** Whether a node is known to be > 0 wherever it is defined. */
export function isPositive(node: TensorNode): boolean {
  switch (node.kind) {
    case "variable":
      return node.assumptions.has("positive");
    case "constant":
      return true;
    case "elementwise":
      return (
        node.name === "exp" || node.name === "cosh" || node.name === "sigmoid" || node.name === "softplus"
      );
    case "product":
      return (
        !Q.isNegative(node.coefficient) &&
        !Q.isZero(node.coefficient) &&
        node.factors.every((factor) => isPositive(factor.node))
      );
    case "sum":
      return (isNonnegative(node) && node.terms.some((term) => isPositive(term.node))) || exceedsRest(node);
    case "head":
      if (node.name === "det" || node.name === "lambdamax") return isPositiveDefinite(node.operand);
      return node.name === "softmax";
    default:
      return false;
  }
}

/** Functions whose values are between −1 and 1, never reaching either. */
const BELOW_ONE: ReadonlySet<string> = new Set(["sigmoid", "tanh", "erf"]);

/** c − Σ a_k f_k with every |f_k| < 1 and Σ |a_k| ≤ c, as in 1 − sigmoid(u) or 1 − tanh(u)^2. */
function exceedsRest(node: Sum): boolean {
  let slack = Q.zero;
  for (const { coefficient, node: term } of node.terms) {
    const isNumber = term.kind === "product" && term.factors.length === 0;
    if (isNumber) slack = Q.add(slack, Q.multiply(coefficient, term.coefficient));
    else if (isBelowOne(term)) slack = Q.subtract(slack, Q.absolute(coefficient));
    else return false;
  }
  return !Q.isNegative(slack);
}

const isBelowOne = (node: TensorNode): boolean =>
  (node.kind === "elementwise" && BELOW_ONE.has(node.name)) ||
  (node.kind === "product" &&
    Q.isOne(node.coefficient) &&
    node.bound.length === 0 &&
    node.factors.length > 0 &&
    node.factors.every((factor) => !Q.isNegative(factor.power) && isBelowOne(factor.node)));
/** Whether a symmetric matrix is known to have positive eigenvalues only. */
function isPositiveDefinite(node: TensorNode): boolean {
  if (node.kind === "delta") return true;
  if (node.kind === "variable") return node.assumptions.has("spd");
  return node.kind === "head" && node.name === "inv" && isPositiveDefinite(node.operand);
}

/** Whether a scalar is known to be 1 or -1: the determinant of an orthogonal matrix. */
export const isUnitSign = (node: TensorNode): boolean =>
  node.kind === "head" && node.name === "det" && node.operand.kind === "variable" && node.operand.assumptions.has("orthogonal"); // prettier-ignore
