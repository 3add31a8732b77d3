import { elementwise } from "../ir/elementwise.ts";
import { head } from "../ir/head.ts";
import type { Factor, TensorNode } from "../ir/node.ts";
import { axes, einsum, numberOf, scale, type LooseFactor } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import type { Store } from "../ir/store.ts";

/** Known functions recognised in their definitions: sigmoid, softplus, softmax, logsumexp; undefined if there is none. */
export function fold(store: Store, node: TensorNode): TensorNode | undefined {
  if (node.kind === "elementwise" && node.name === "log") return foldLogarithm(store, node.operands[0]!);
  if (node.kind === "product")
    return foldSigmoid(store, node.factors, node) ?? foldSoftmax(store, node.factors, node);
  return undefined;
}

/** log(1 + exp(u)) = softplus(u), log(Σ exp(u)) = logsumexp(u) */
function foldLogarithm(store: Store, operand: TensorNode): TensorNode | undefined {
  const exponent = onePlusExp(operand);
  if (exponent !== undefined) return elementwise(store, "softplus", [exponent]);
  const vector = sumOfExp(operand);
  return vector === undefined ? undefined : head(store, "logsumexp", vector);
}

/** u, if the node is 1 + exp(u). */
function onePlusExp(node: TensorNode): TensorNode | undefined {
  if (node.kind !== "sum" || node.terms.length !== 2 || node.terms.some((term) => !Q.isOne(term.coefficient)))
    return undefined;
  const exponential = node.terms.find((term) => term.node.kind === "elementwise" && term.node.name === "exp");
  const one = node.terms.find((term) => numberOf(term.node) !== undefined);
  if (exponential === undefined || one === undefined || exponential.node.kind !== "elementwise")
    return undefined;
  return exponential.node.operands[0]!;
}

/** u, if the node is Σ_k exp(u_k) for a vector u. */
function sumOfExp(node: TensorNode): TensorNode | undefined {
  if (
    node.kind !== "product" ||
    node.dims.length > 0 ||
    node.factors.length !== 1 ||
    !Q.isOne(node.coefficient)
  )
    return undefined;
  const { node: base, power, indices } = node.factors[0]!;
  if (base.kind !== "elementwise" || base.name !== "exp" || !Q.isOne(power) || indices.length !== 1)
    return undefined;
  return base.operands[0]!;
}

type Whole = TensorNode & { readonly kind: "product" };

/** exp(u)·(1 + exp(u))^−p = sigmoid(u)·sigmoid(−u)^(p−1), and (1 + exp(u))^−p = sigmoid(−u)^p */
function foldSigmoid(store: Store, factors: readonly Factor[], whole: Whole): TensorNode | undefined {
  for (const factor of factors) {
    const exponent =
      Q.isNegative(factor.power) && Q.isInteger(factor.power) ? onePlusExp(factor.node) : undefined;
    if (exponent === undefined) continue;
    const rising = { node: elementwise(store, "sigmoid", [exponent]), indices: factor.indices };
    const falling = {
      node: elementwise(store, "sigmoid", [scale(store, Q.minusOne, exponent)]),
      indices: factor.indices,
    };
    const numerator = factors.find(
      (other) =>
        other.node.kind === "elementwise" &&
        other.node.name === "exp" &&
        other.node.operands[0] === exponent &&
        other.indices.join() === factor.indices.join() &&
        Q.isOne(other.power),
    );
    const count = Q.negate(factor.power);
    const replaced: LooseFactor[] =
      numerator === undefined
        ? [{ ...falling, power: count }]
        : [rising, { ...falling, power: Q.subtract(count, Q.one) }];
    const others = factors.filter((other) => other !== factor && other !== numerator);
    return einsum(store, whole.coefficient, [...others, ...replaced], axes(whole.dims.length), whole.dims);
  }
  return undefined;
}

/** exp(u)_i / Σ_k exp(u)_k = softmax(u)_i */
function foldSoftmax(store: Store, factors: readonly Factor[], whole: Whole): TensorNode | undefined {
  for (const factor of factors) {
    const vector =
      Q.isNegative(factor.power) && Q.isInteger(factor.power) ? sumOfExp(factor.node) : undefined;
    if (vector === undefined) continue;
    const numerator = factors.find(
      (other) =>
        other.node.kind === "elementwise" &&
        other.node.name === "exp" &&
        other.node.operands[0] === vector &&
        Q.isOne(other.power),
    );
    if (numerator === undefined) continue;
    const others = factors.filter((other) => other !== factor && other !== numerator);
    const replaced: LooseFactor[] = [
      { ...factor, power: Q.add(factor.power, Q.one) },
      { node: head(store, "softmax", vector), indices: numerator.indices },
    ];
    return einsum(store, whole.coefficient, [...others, ...replaced], axes(whole.dims.length), whole.dims);
  }
  return undefined;
}
