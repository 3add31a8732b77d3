import type { BinaryOperator, NotationNode } from "@fluxion/core";

/** What is known of a tree that was made here: trees are compared far more often than they are printed. */
export interface Weighed {
  readonly cost: number;
  readonly operations: number;
}

const isWeighed = (tree: NotationNode): tree is NotationNode & Weighed => "cost" in tree;

const operationCounts = new WeakMap<NotationNode, number>();

/** Operators and functions in a tree; transposes are notation and cost nothing. */
export const operationCount = (tree: NotationNode): number =>
  isWeighed(tree) ? tree.operations : measure(tree, operationCounts, ownOperations);

const costs = new WeakMap<NotationNode, number>();

/** What a reader pays: an operation 1, an inverse 2, a transpose 0.3, a name or a number a little. */
export const cost = (tree: NotationNode): number =>
  isWeighed(tree) ? tree.cost : measure(tree, costs, ownCost);

/** What a transpose costs a reader. */
export const TRANSPOSE_COST = 0.3;
const COSTLY: Readonly<Record<string, number>> = { inv: 2, ones: 3, eye: 3, where: 1.5 };

export const operatorCost = (operator: BinaryOperator): number =>
  operator === ".*" || operator === "./" || operator === ".^" ? 1.05 : 1;

function ownCost(node: NotationNode): number {
  switch (node.kind) {
    case "binary":
      return operatorCost(node.operator);
    case "negate":
      return 0.9;
    case "call":
      return COSTLY[node.name] ?? 1;
    case "transpose":
      return TRANSPOSE_COST;
    default:
      return 0.02;
  }
}

const ownOperations = ({ kind }: NotationNode): number =>
  kind === "binary" || kind === "negate" || kind === "call" ? 1 : 0;

/** The tree with its weight, which is that of its parts and its own. */
export function weighed<N extends NotationNode>(tree: N, parts: readonly NotationNode[]): N & Weighed {
  let [total, operations] = [ownCost(tree), ownOperations(tree)];
  for (const part of parts) {
    total += cost(part);
    operations += operationCount(part);
  }
  return { ...tree, cost: total, operations };
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
