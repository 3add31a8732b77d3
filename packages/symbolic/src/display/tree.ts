import type { BinaryOperator, NotationNode } from "@fluxion/core";
import * as Q from "../ir/rational.ts";

/** A tree that was made, not read. */
const nowhere = { start: 0, end: 0 };

export const nameTree = (name: string): NotationNode => ({ kind: "name", name, span: nowhere });

export const call = (name: string, ...operands: readonly NotationNode[]): NotationNode => ({
  kind: "call",
  name,
  operands,
  nameSpan: nowhere,
  span: nowhere,
});

export const binary = (operator: BinaryOperator, left: NotationNode, right: NotationNode): NotationNode => ({
  kind: "binary",
  operator,
  left,
  right,
  operatorSpan: nowhere,
  span: nowhere,
});

export const negateTree = (operand: NotationNode): NotationNode =>
  operand.kind === "negate" ? operand.operand : { kind: "negate", operand, span: nowhere };

export const integer = (value: bigint): NotationNode =>
  value < 0n
    ? { kind: "negate", operand: integer(-value), span: nowhere }
    : { kind: "number", text: `${value}`, span: nowhere };

/** An exact fraction: 3, -3, 1/2, -1/2. */
export const fraction = (value: Q.Rational): NotationNode =>
  Q.isInteger(value)
    ? integer(value.numerator)
    : binary("/", integer(value.numerator), integer(value.denominator));

/** operand', with what a transpose does not change left alone. */
export function transposeTree(operand: NotationNode, symmetric: ReadonlySet<string>): NotationNode {
  if (operand.kind === "transpose") return operand.operand;
  const twin = twins.get(operand);
  if (twin !== undefined) return twin;
  if (operand.kind === "number" || isSymmetricTree(operand, symmetric)) return operand;
  return { kind: "transpose", operand, span: nowhere };
}

/** Sums of matrices with their transposes written term by term: (F*D)' - C and F*D - C'. */
const twins = new WeakMap<NotationNode, NotationNode>();

/** Remembers how the transpose of a sum is written, where that is shorter than a transpose around it. */
export function rememberTranspose(tree: NotationNode, transposed: NotationNode): void {
  if (transposed.kind === "transpose" || twins.has(tree)) return;
  twins.set(tree, transposed);
  twins.set(transposed, tree);
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
    return { ...tree, left: negateLeading(tree.left) };
  }
  return negateTree(tree);
}

const operationCounts = new WeakMap<NotationNode, number>();

/** Operators and functions in a tree; transposes are notation and cost nothing. */
export function operationCount(tree: NotationNode): number {
  return measure(tree, operationCounts, (node) =>
    node.kind === "binary" || node.kind === "negate" || node.kind === "call" ? 1 : 0,
  );
}

const costs = new WeakMap<NotationNode, number>();

/** What a transpose costs a reader. */
export const TRANSPOSE_COST = 0.3;

/** What a reader pays: an operation 1, an inverse 2, a transpose 0.3, a name or a number a little. */
export function cost(tree: NotationNode): number {
  return measure(tree, costs, (node) => {
    switch (node.kind) {
      case "binary":
        return node.operator === ".*" || node.operator === "./" || node.operator === ".^" ? 1.05 : 1;
      case "negate":
        return 0.9;
      case "call":
        return COSTLY[node.name] ?? 1;
      case "transpose":
        return TRANSPOSE_COST;
      default:
        return 0.02;
    }
  });
}

const nestings = new WeakMap<NotationNode, number>();
const transposes = new WeakMap<NotationNode, number>();

/** Fractions in a scalar formula that have fractions inside: (x - 1/x)/x is as long as 1 - 1/x^2, but harder to read. */
export function nestedFractions(tree: NotationNode): number {
  const isNested = (node: NotationNode): boolean =>
    node.kind === "binary" &&
    node.operator === "/" &&
    (isSumOfFractions(node.left) || isSumOfFractions(node.right));
  const count = measure(tree, nestings, (node) => (isNested(node) ? 1 : 0));
  if (count === 0) return 0;
  // (eye(n) - x*x'/(x'*x))/norm2(x) is how a projection is written.
  return measure(tree, transposes, (node) => (node.kind === "transpose" ? 1 : 0)) > 0 ? 0 : count;
}

/** Whether a term of a sum divides by more than a number. */
const isSumOfFractions = (tree: NotationNode): boolean =>
  tree.kind === "binary" &&
  (tree.operator === "+" || tree.operator === "-") &&
  [tree.left, tree.right].some(
    (term) =>
      isSumOfFractions(term) ||
      (term.kind === "binary" && term.operator === "/" && term.right.kind !== "number"),
  );

const COSTLY: Readonly<Record<string, number>> = { inv: 2, ones: 3, eye: 3, where: 1.5 };

/** Parts first and without recursion: a sum of thousands of terms is as deep as it is long. */
function measure(
  tree: NotationNode,
  memo: WeakMap<NotationNode, number>,
  own: (node: NotationNode) => number,
): number {
  const known = memo.get(tree);
  if (known !== undefined) return known;
  const pending = [tree];
  for (let next = pending.at(-1); next !== undefined; next = pending.at(-1)) {
    let total: number | undefined = own(next);
    for (const child of childrenOf(next)) {
      const part = memo.get(child);
      if (part === undefined) pending.push(child);
      total = total === undefined || part === undefined ? undefined : total + part;
    }
    if (total === undefined) continue;
    memo.set(next, total);
    pending.pop();
  }
  return memo.get(tree)!;
}

export function childrenOf(tree: NotationNode): readonly NotationNode[] {
  switch (tree.kind) {
    case "number":
    case "name":
    case "placeholder":
      return [];
    case "negate":
    case "transpose":
      return [tree.operand];
    case "binary":
      return [tree.left, tree.right];
    case "call":
      return tree.operands;
  }
}

/** The cheapest of some trees; the first of equals. */
export function cheapest(candidates: readonly (NotationNode | undefined)[]): NotationNode | undefined {
  let best: NotationNode | undefined;
  for (const candidate of candidates) {
    if (candidate !== undefined && (best === undefined || cost(candidate) < cost(best) - 1e-9))
      best = candidate;
  }
  return best;
}
