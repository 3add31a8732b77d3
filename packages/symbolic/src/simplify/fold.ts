import { elementwise } from "../ir/elementwise.ts";
import { head } from "../ir/head.ts";
import type { Factor, TensorNode } from "../ir/node.ts";
import { hangingParts } from "../ir/hanging.ts";
import { axes, einsum, isZeroNode, numberOf, scale, times, type LooseFactor } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import type { Store } from "../ir/store.ts";

/** Known functions recognised in their definitions: sigmoid, softplus, softmax, logsumexp, where; undefined if there is none. */
export function fold(store: Store, node: TensorNode): TensorNode | undefined {
  if (node.kind === "elementwise" && node.name === "log") return foldLogarithm(store, node.operands[0]!);
  if (node.kind === "product")
    return (
      foldSigmoid(store, node.factors, node) ??
      foldSoftmax(store, node.factors, node) ??
      foldChoice(store, node)
    );
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

/** where(c, a, b).*v = where(c, a.*v, b.*v) where a or b is 0, with everything that hangs on the index of the choice. */
function foldChoice(store: Store, node: Whole): TensorNode | undefined {
  const rank = node.dims.length;
  const choice = node.factors.find(({ node: base, power, indices }) => {
    if (base.kind !== "elementwise" || base.name !== "where" || !Q.isOne(power)) return false;
    return indices.length === 1 && indices[0]! < rank && base.operands.slice(1).some(isZeroNode);
  });
  if (choice === undefined || choice.node.kind !== "elementwise") return undefined;
  const { indices } = choice;
  const parts = hangingParts(node.factors.filter((factor) => factor !== choice), rank); // prettier-ignore
  const taken = parts.filter(({ touches }) => touches.length === 1 && touches[0] === indices[0]);
  if (taken.length === 0) return undefined;
  const { dims } = choice.node;
  const vector = einsum(store, Q.one, taken.flatMap(({ factors }) => factors), indices, dims); // prettier-ignore
  const [condition, ...branches] = choice.node.operands as readonly [TensorNode, TensorNode, TensorNode];
  const chosen = branches.map((branch) => (isZeroNode(branch) ? branch : times(store, dims, branch, vector)));
  const rest = parts.filter((part) => !taken.includes(part)).flatMap(({ factors }) => factors);
  const factors = [{ node: elementwise(store, "where", [condition, ...chosen]), indices }, ...rest];
  return einsum(store, node.coefficient, factors, axes(rank), node.dims);
}
