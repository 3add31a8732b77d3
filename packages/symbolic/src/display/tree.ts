import type { BinaryOperator, NotationNode } from "@fluxion/core";
import * as Q from "../ir/rational.ts";
import { cost, operationCount, operatorCost, weighed, type Weighed } from "./cost.ts";

/** A tree that was made, not read. */
const nowhere = { start: 0, end: 0 };

export const nameTree = (name: string): NotationNode => weighed({ kind: "name", name, span: nowhere }, []);

export const call = (name: string, ...operands: readonly NotationNode[]): NotationNode =>
  weighed({ kind: "call", name, operands, nameSpan: nowhere, span: nowhere }, operands);

export const binary = (
  operator: BinaryOperator,
  left: NotationNode,
  right: NotationNode,
): NotationNode & Weighed => ({
  kind: "binary",
  operator,
  left,
  right,
  operatorSpan: nowhere,
  span: nowhere,
  cost: operatorCost(operator) + cost(left) + cost(right),
  operations: 1 + operationCount(left) + operationCount(right),
});

export const negateTree = (operand: NotationNode): NotationNode =>
  operand.kind === "negate"
    ? operand.operand
    : weighed({ kind: "negate", operand, span: nowhere }, [operand]);

export const integer = (value: bigint): NotationNode =>
  value < 0n ? negateTree(integer(-value)) : weighed({ kind: "number", text: `${value}`, span: nowhere }, []);

/** An exact fraction: 3, -3, 1/2, -1/2. */
export const fraction = (value: Q.Rational): NotationNode =>
  Q.isInteger(value)
    ? integer(value.numerator)
    : binary("/", integer(value.numerator), integer(value.denominator));

/** operand', with what a transpose does not change left alone. */
export function transposeTree(operand: NotationNode, symmetric: ReadonlySet<string>): NotationNode {
  if (operand.kind === "transpose") return operand.operand;
  const twin = twinOf(operand);
  if (twin !== undefined) return twin;
  if (operand.kind === "number" || isSymmetricTree(operand, symmetric)) return operand;
  return weighed({ kind: "transpose", operand, span: nowhere }, [operand]);
}

/** Sums of matrices with their transposes written term by term: (F*D)' - C and F*D - C'. */
const twins = new WeakMap<NotationNode, NotationNode>();
/** How to write those that nobody has asked for yet: most are never needed. */
const unwritten = new WeakMap<NotationNode, () => NotationNode | undefined>();

/** Remembers how to write the transpose of a sum, where that is shorter than a transpose around it. */
export function rememberTranspose(tree: NotationNode, write: () => NotationNode | undefined): void {
  if (!twins.has(tree)) unwritten.set(tree, write);
}

function twinOf(tree: NotationNode): NotationNode | undefined {
  const write = unwritten.get(tree);
  // While it is being written, the sum has a transpose around it like everything else.
  unwritten.delete(tree);
  const transposed = write?.();
  if (transposed !== undefined && transposed.kind !== "transpose") {
    twins.set(tree, transposed);
    twins.set(transposed, tree);
  }
  return twins.get(tree);
}

/** Trees of matrices that equal their transpose. */
const symmetricTrees = new WeakSet<NotationNode>();

/** Marks the tree of a matrix that equals its transpose. */
export function symmetricTree(tree: NotationNode): NotationNode {
  symmetricTrees.add(tree);
  return tree;
}

/** Products that are read as one thing: the scalar x'*A*x, or the vector A*x in an elementwise product. */
const groupedTrees = new WeakSet<NotationNode>();

/** Marks a product that is put in parentheses before other factors. */
export function groupedTree(tree: NotationNode): NotationNode {
  if (tree.kind === "binary" && tree.operator === "*") groupedTrees.add(tree);
  return tree;
}

export const isGrouped = (tree: NotationNode): boolean => groupedTrees.has(tree);

/** The matrix with a vector on its diagonal. */
export const diagonalTree = (vector: NotationNode): NotationNode => symmetricTree(call("diag", vector));

function isSymmetricTree(tree: NotationNode, symmetric: ReadonlySet<string>): boolean {
  if (symmetricTrees.has(tree)) return true;
  if (tree.kind === "name") return symmetric.has(tree.name);
  return tree.kind === "call" && tree.name === "inv" && isSymmetricTree(tree.operands[0]!, symmetric);
}

/** a op b op c, grouped from the left. */
export const chainTree = (operator: BinaryOperator, parts: readonly NotationNode[]): NotationNode =>
  parts.slice(1).reduce((left, right) => binary(operator, left, right), parts[0]!);

/** The same operator applied in a row, as a list: a*b*c → [a, b, c]. */
export const flattenChain = (operator: BinaryOperator, tree: NotationNode): readonly NotationNode[] =>
  tree.kind === "binary" && tree.operator === operator
    ? [...flattenChain(operator, tree.left), tree.right]
    : [tree];

/** A sum of terms, each with its sign: a positive one first if there is any. */
export function sumTree(
  terms: readonly { readonly negative: boolean; readonly tree: NotationNode }[],
): NotationNode {
  const first = Math.max(0, terms.findIndex((term) => !term.negative)); // prettier-ignore
  const ordered = [terms[first]!, ...terms.slice(0, first), ...terms.slice(first + 1)];
  const [head, ...tail] = ordered;
  const start = head!.negative ? negateLeading(head!.tree) : head!.tree;
  return tail.reduce((left, { negative, tree }) => binary(negative ? "-" : "+", left, tree), start);
}

/** −(a*b/c) with the sign at the first factor, where it is read without parentheses. */
export function negateLeading(tree: NotationNode): NotationNode {
  if (
    tree.kind === "binary" &&
    (tree.operator === "*" || tree.operator === "/" || tree.operator === ".*" || tree.operator === "./")
  ) {
    return binary(tree.operator, negateLeading(tree.left), tree.right);
  }
  return negateTree(tree);
}
