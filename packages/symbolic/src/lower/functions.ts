import type { CallNode } from "@fluxion/core";
import { elementwise } from "../ir/elementwise.ts";
import { unmetNeed } from "../ir/exact.ts";
import { head } from "../ir/head.ts";
import type { Dimension, HeadName, TensorNode } from "../ir/node.ts";
import { axes, einsum, number, numberOf, powerOf, times } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { dimensionOfNode } from "../ir/dimension.ts";
import { delta } from "../ir/store.ts";
import { elementwiseRules, operandNames, type ElementwiseName } from "../rules/elementwise.ts";
import { expmAlong, ofMatrix, ofSymmetric } from "./spectral.ts";
import { kroneckerProduct, unvecOf, vecOf } from "./kronecker.ts";
import { applyElementwise } from "./operators.ts";
import { column, describe, failure, matrix, scalar, type Scope, type Value } from "./scope.ts";

/** Other spellings. */
const ALIASES: Readonly<Record<string, string>> = {
  ln: "log", lse: "logsumexp", trace: "tr", inverse: "inv", norm: "norm2", expit: "sigmoid", logistic: "sigmoid",
  arcsin: "asin", arccos: "acos", arctan: "atan", arctan2: "atan2", arcsinh: "asinh", arccosh: "acosh", arctanh: "atanh",
}; // prettier-ignore

/** The name by which a function is known here. */
export const canonicalName = (name: string): string => (Object.hasOwn(ALIASES, name) ? ALIASES[name]! : name);

export type ArrayFunction = (scope: Scope, tree: CallNode, ...operands: readonly Value[]) => Value;

const sumOf = (scope: Scope, node: TensorNode): TensorNode =>
  einsum(scope.store, Q.one, [{ node, indices: axes(node.dims.length) }], [], []);

/** The sum over the number of entries. */
const meanOf = (scope: Scope, node: TensorNode): TensorNode =>
  times(scope.store, [], sumOf(scope, node), [
    sumOf(scope, number(scope.store, Q.one, node.dims)),
    Q.minusOne,
  ]);

const ofSquare =
  (name: HeadName): ArrayFunction =>
  (scope, tree, a) => {
    requireSquare(scope, tree, a);
    const node = head(scope.store, name, a.node);
    return name === "inv" || name === "expm" ? matrix(node) : scalar(node);
  }; // prettier-ignore

const ofVector =
  (name: "softmax" | "logsumexp"): ArrayFunction =>
  (scope, tree, u) => {
    if (u.kind !== "column" && u.kind !== "row") throw wrong(scope, tree, `needs a vector, not ${describe(u)}`);
    const node = head(scope.store, name, u.node);
    return name === "softmax" ? { kind: u.kind, node } : scalar(node);
  }; // prettier-ignore

const extremum =
  (name: "max" | "min", pairwise: ElementwiseName): ArrayFunction =>
  (scope, tree, u, v) => {
    if (v !== undefined) return applyElementwise(scope, pairwise, [u, v]) ?? unequal(scope, tree, [u, v]);
    return u.kind === "scalar" ? u : scalar(head(scope.store, name, u.node));
  }; // prettier-ignore

/** Functions of whole arrays. */
const arrayFunctions: Readonly<Record<string, { readonly arity: readonly [number, number]; readonly apply: ArrayFunction }>> = {
  sum: { arity: [1, 1], apply: (s, _, u) => scalar(sumOf(s, u.node)) },
  mean: { arity: [1, 1], apply: (s, _, u) => scalar(meanOf(s, u.node)) },
  prod: { arity: [1, 1], apply: (s, _, u) => (u.kind === "scalar" ? u : scalar(head(s.store, "prod", u.node))) },
  norm1: { arity: [1, 1], apply: (s, _, u) => scalar(sumOf(s, elementwise(s.store, "abs", [u.node]))) },
  norm2: { arity: [1, 1], apply: (s, _, u) => scalar(powerOf(s.store, sumOf(s, powerOf(s.store, u.node, Q.two)), Q.half)) },
  tr: { arity: [1, 1], apply: (s, tree, a) => (requireSquare(s, tree, a), scalar(einsum(s.store, Q.one, [{ node: a.node, indices: [0, 0] }], [], []))) }, // prettier-ignore
  diag: { arity: [1, 1], apply: diagonal },
  vec: { arity: [1, 1], apply: vecOf },
  unvec: { arity: [3, 3], apply: unvecOf },
  kron: { arity: [2, 2], apply: kroneckerProduct },
  det: { arity: [1, 1], apply: ofSquare("det") },
  logdet: { arity: [1, 1], apply: ofSquare("logdet") },
  inv: { arity: [1, 1], apply: ofSquare("inv") },
  expm: { arity: [1, 1], apply: ofSquare("expm") },
  dexpm: { arity: [2, 2], apply: expmAlong },
  lambdamax: { arity: [1, 1], apply: ofSymmetric("lambdamax") },
  lambdavec: { arity: [1, 1], apply: ofSymmetric("lambdavec") },
  sigmamax: { arity: [1, 1], apply: ofMatrix("sigmamax") },
  sigmaleft: { arity: [1, 1], apply: ofMatrix("sigmaleft") },
  sigmaright: { arity: [1, 1], apply: ofMatrix("sigmaright") },
  softmax: { arity: [1, 1], apply: ofVector("softmax") },
  logsumexp: { arity: [1, 1], apply: ofVector("logsumexp") },
  max: { arity: [1, 2], apply: extremum("max", "maximum") },
  min: { arity: [1, 2], apply: extremum("min", "minimum") },
  dot: { arity: [2, 2], apply: scalarProduct },
  outer: { arity: [2, 2], apply: outerProduct },
  eye: { arity: [1, 1], apply: (s, tree, n) => matrix(delta(s.store, lengthOf(s, tree, n, 0))) },
  ones: { arity: [1, 2], apply: filled(Q.one) },
  zeros: { arity: [1, 2], apply: filled(Q.zero) },
}; // prettier-ignore

/** name(operands…) */
export function applyFunction(scope: Scope, tree: CallNode, operands: readonly Value[]): Value {
  const name = canonicalName(tree.name);
  const onArrays = Object.hasOwn(arrayFunctions, name) ? arrayFunctions[name]! : undefined;
  if (onArrays !== undefined) {
    requireArity(scope, tree, operands, ...onArrays.arity);
    return onArrays.apply(scope, tree, ...operands);
  }
  if (Object.hasOwn(elementwiseRules, name)) {
    const arity = operandNames(name as ElementwiseName).length;
    requireArity(scope, tree, operands, arity, arity);
    requireDomain(scope, tree, name as ElementwiseName, operands[0]!);
    return applyElementwise(scope, name as ElementwiseName, operands) ?? unequal(scope, tree, operands);
  }
  const known = [...Object.keys(arrayFunctions), ...Object.keys(elementwiseRules)].sort().join(" ");
  throw failure(
    scope,
    "UNSUPPORTED",
    `No closed form is known for ${tree.name}. Known functions: ${known}.`,
    tree.nameSpan,
  );
}

function requireArity(
  scope: Scope,
  tree: CallNode,
  operands: readonly Value[],
  least: number,
  most: number,
): void {
  if (operands.length >= least && operands.length <= most) return;
  const wanted = least === most ? `${least}` : `${least} to ${most}`;
  throw failure(
    scope,
    "ARGUMENT",
    `${tree.name} takes ${wanted} operand${most === 1 ? "" : "s"}, found ${operands.length}.`,
    tree.nameSpan,
  );
}

/** A function of a number at which it has no value is a mistake in the formula. */
function requireDomain(scope: Scope, tree: CallNode, name: ElementwiseName, { node }: Value): void {
  const value = numberOf(node);
  const need = value === undefined ? undefined : unmetNeed(name, value);
  if (need === undefined) return;
  throw failure(
    scope,
    "DOMAIN",
    `${tree.name}(${Q.keyOf(value!)}) is not a real number: ${tree.name} needs ${need}.`,
    tree.nameSpan,
  );
}

export const wrong = (scope: Scope, tree: CallNode, what: string): Error =>
  failure(scope, "SHAPE_MISMATCH", `${tree.name} ${what}.`, tree.nameSpan);

function unequal(scope: Scope, tree: CallNode, operands: readonly Value[]): never {
  throw wrong(
    scope,
    tree,
    `acts elementwise and needs equal shapes or scalars, not ${operands.map(describe).join(" and ")}`,
  );
}

export function requireSquare(scope: Scope, tree: CallNode, a: Value): void {
  if (a.kind !== "matrix" || a.node.dims[0] !== a.node.dims[1])
    throw wrong(scope, tree, `needs a square matrix, not ${describe(a)}`);
}

/** The matrix with a vector on its diagonal, or the diagonal of a matrix. */
function diagonal(scope: Scope, tree: CallNode, a: Value | undefined): Value {
  const { store } = scope;
  if (a!.kind === "scalar") throw wrong(scope, tree, "needs a vector or a matrix, not a scalar");
  const [n] = a!.node.dims;
  if (a!.kind !== "matrix") {
    return matrix(einsum(store, Q.one, [{ node: a!.node, indices: [0] }, { node: delta(store, n!), indices: [0, 1] }], [0, 1], [n!, n!])); // prettier-ignore
  }
  requireSquare(scope, tree, a!);
  return column(einsum(store, Q.one, [{ node: a!.node, indices: [0, 0] }], [0], [n!]));
}

function scalarProduct(scope: Scope, tree: CallNode, a: Value | undefined, b: Value | undefined): Value {
  const vectors = [a!, b!].every((v) => v.kind === "column" || v.kind === "row");
  if (!vectors || a!.node.dims[0] !== b!.node.dims[0])
    throw wrong(scope, tree, `needs two vectors of one length, not ${describe(a!)} and ${describe(b!)}`);
  return scalar(einsum(scope.store, Q.one, [{ node: a!.node, indices: [0] }, { node: b!.node, indices: [0] }], [], [])); // prettier-ignore
}

function outerProduct(scope: Scope, tree: CallNode, a: Value | undefined, b: Value | undefined): Value {
  const vectors = [a!, b!].every((v) => v.kind === "column" || v.kind === "row");
  if (!vectors) throw wrong(scope, tree, `needs two vectors, not ${describe(a!)} and ${describe(b!)}`);
  const factors = [{ node: a!.node, indices: [0] }, { node: b!.node, indices: [1] }]; // prettier-ignore
  return matrix(einsum(scope.store, Q.one, factors, [0, 1], [a!.node.dims[0]!, b!.node.dims[0]!]));
}

/** A column or a matrix with the same number everywhere. */
function filled(value: Q.Rational): ArrayFunction {
  return (scope, tree, ...lengths) => {
    const dims = lengths.map((length, k) => lengthOf(scope, tree, length, k));
    const node = number(scope.store, value, dims);
    return dims.length === 1 ? column(node) : matrix(node);
  };
}

/** The length that an operand names: a whole number or the name of an axis. */
export function lengthOf(scope: Scope, tree: CallNode, { node }: Value, position: number): Dimension {
  const dimension = dimensionOfNode(node);
  if (dimension !== undefined) return dimension;
  throw failure(
    scope,
    "ARGUMENT",
    `${tree.name} needs the length of an axis: a whole number, a name that a shape uses, or a product of them.`,
    tree.operands[position]!.span,
  );
}
