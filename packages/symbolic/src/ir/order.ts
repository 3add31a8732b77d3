import type { Factor, Sum, TensorNode } from "./node.ts";
import { compare as compareRationals, one, toNumber } from "./rational.ts";

/** How deep two nodes are compared by structure before their age decides. */
const DEPTH = 4;

const degrees = new WeakMap<TensorNode, number>();

/** Polynomial degree in the variables; functions count as constants. */
export function degree(node: TensorNode): number {
  const known = degrees.get(node);
  if (known !== undefined) return known;
  const value = computeDegree(node);
  degrees.set(node, value);
  return value;
}

function computeDegree(node: TensorNode): number {
  switch (node.kind) {
    case "variable":
      return 1;
    case "product":
      return node.factors.reduce((total, { node: base, power }) => total + degree(base) * toNumber(power), 0);
    case "sum":
      return node.terms.reduce((highest, term) => Math.max(highest, degree(term.node)), -Infinity);
    default:
      return 0;
  }
}

/** Whether a node is a number times π, √2 or lengths of axes. */
export const isConstant = (node: TensorNode): boolean =>
  node.kind === "constant" ||
  (node.kind === "product" && node.factors.every((factor) => isConstant(factor.node)));

const KINDS: readonly TensorNode["kind"][] = [
  "constant",
  "variable",
  "delta",
  "merge",
  "product",
  "elementwise",
  "head",
  "sum",
];

/** Order of factors in a product: constants, variables by name, functions, sums. */
export function compareNodes(a: TensorNode, b: TensorNode, depth: number = DEPTH): number {
  if (a === b) return 0;
  if (a.kind !== b.kind) return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  if (depth === 0) return a.id - b.id;
  return compareParts(a, b, depth - 1) || a.id - b.id;
}

function compareParts(a: TensorNode, b: TensorNode, depth: number): number {
  if ((a.kind === "variable" && b.kind === "variable") || (a.kind === "constant" && b.kind === "constant")) {
    return compareText(a.name, b.name);
  }
  if (a.kind === "product" && b.kind === "product") {
    return compareTerms(a, b, depth) || compareRationals(a.coefficient, b.coefficient);
  }
  if (a.kind === "elementwise" && b.kind === "elementwise") {
    return compareText(a.name, b.name) || compareAll(a.operands, b.operands, depth);
  }
  if (a.kind === "head" && b.kind === "head") {
    return compareText(a.name, b.name) || compareNodes(a.operand, b.operand, depth);
  }
  if (a.kind === "sum" && b.kind === "sum") {
    return compareAll(termsInOrder(a), termsInOrder(b), depth);
  }
  return 0;
}

const sortedTerms = new WeakMap<Sum, readonly TensorNode[]>();

/** The terms of a sum as they are written, without their coefficients. */
function termsInOrder(node: Sum): readonly TensorNode[] {
  const known = sortedTerms.get(node);
  if (known !== undefined) return known;
  const terms = node.terms.map((term) => term.node).sort((x, y) => compareTerms(x, y, 2));
  sortedTerms.set(node, terms);
  return terms;
}

function compareAll(a: readonly TensorNode[], b: readonly TensorNode[], depth: number): number {
  for (let k = 0; k < Math.min(a.length, b.length); k++) {
    const order = compareNodes(a[k]!, b[k]!, depth);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Order of factors inside one product. */
export const compareFactors = (a: Factor, b: Factor, depth: number = DEPTH): number =>
  compareNodes(a.node, b.node, depth) || compareRationals(b.power, a.power);

/** Order of terms in a sum, as a careful person writes them: high degree first, then by name, constants last. */
export function compareTerms(a: TensorNode, b: TensorNode, depth: number = DEPTH): number {
  if (a === b) return 0;
  const [constantA, constantB] = [isConstant(a), isConstant(b)];
  if (constantA !== constantB) return constantA ? 1 : -1;
  const byDegree = degree(b) - degree(a);
  if (byDegree !== 0 && !Number.isNaN(byDegree)) return byDegree;
  if (depth === 0) return a.id - b.id;
  const [left, right] = [factorsOf(a), factorsOf(b)];
  for (let k = 0; k < Math.min(left.length, right.length); k++) {
    const order = compareFactors(left[k]!, right[k]!, depth - 1);
    if (order !== 0) return order;
  }
  // A - diag(diag(A)): what an identity is multiplied to comes after.
  const extra = (left.length > right.length ? left : right).slice(Math.min(left.length, right.length));
  const shorterFirst = extra.length > 0 && extra.every(({ node }) => node.kind === "delta");
  return shorterFirst ? left.length - right.length : right.length - left.length;
}

const sortedFactors = new WeakMap<TensorNode, readonly Factor[]>();

function factorsOf(node: TensorNode): readonly Factor[] {
  if (node.kind !== "product") return [{ node, indices: [], power: one }];
  const known = sortedFactors.get(node);
  if (known !== undefined) return known;
  const factors = [...node.factors].sort((a, b) => compareFactors(a, b, 2));
  sortedFactors.set(node, factors);
  return factors;
}
