import type { ElementwiseName } from "../rules/elementwise.ts";
import type { Rational } from "./rational.ts";

/** Length of an axis: a number, a symbol that stands for any number, or a product `m*n` for a composite axis. */
export type Dimension = number | string;
export type Dimensions = readonly Dimension[];

/** What a variable is declared to be. */
export type Assumption = "symmetric" | "spd" | "diagonal" | "orthogonal" | "positive";

/** Whether a matrix of which this is assumed equals its transpose. */
export const isSymmetricAssumption = (assumption: Assumption): boolean =>
  assumption === "symmetric" || assumption === "spd" || assumption === "diagonal";

/** Operators on whole arrays that stay as they are, with derivative rules of their own. */
export type HeadName =
  | "inv" | "det" | "logdet" | "expm" | "dexpm" | "lambdamax" | "lambdavec" | "sigmamax" | "sigmaleft" | "sigmaright"
  | "softmax" | "logsumexp" | "max" | "min" | "prod"; // prettier-ignore

interface Base {
  /** Equal nodes of one store have equal ids; a node's parts have smaller ids than the node. */
  readonly id: number;
  readonly dims: Dimensions;
}

/** A name that the user declared, or a scalar. */
export interface Variable extends Base {
  readonly kind: "variable";
  readonly name: string;
  readonly assumptions: ReadonlySet<Assumption>;
}

/** A scalar that never varies: π, or the length of an axis. */
export interface Constant extends Base {
  readonly kind: "constant";
  readonly name: string;
}

/** δ: 1 where its two indices are equal, else 0. */
export interface Delta extends Base {
  readonly kind: "delta";
}

/** M[p,i,j]: 1 where the composite index p stands for the pair (i, j), j running fastest, else 0. */
export interface Merge extends Base {
  readonly kind: "merge";
}

/** A tensor read at some indices, raised to a power elementwise. */
export interface Factor {
  readonly node: TensorNode;
  readonly indices: readonly number[];
  readonly power: Rational;
}

/**
 * coefficient · Σ Π factors: the sum runs over the bound indices.
 *
 * Indices 0 … rank−1 are the result's; the rest are bound, numbered canonically. No factor is a product with free
 * indices, no δ has a bound index, and a closed part (one without free indices) is a factor of its own.
 */
export interface Product extends Base {
  readonly kind: "product";
  readonly coefficient: Rational;
  readonly factors: readonly Factor[];
  /** Lengths of the bound indices. */
  readonly bound: Dimensions;
}

/** A multiple of a tensor inside a sum. */
export interface Term {
  readonly coefficient: Rational;
  readonly node: TensorNode;
}

/** Σ coefficient · term, at least two terms, all of one shape; no term is a sum or a multiple. */
export interface Sum extends Base {
  readonly kind: "sum";
  readonly terms: readonly Term[];
}

/** An elementwise operator on operands of one shape. */
export interface Elementwise extends Base {
  readonly kind: "elementwise";
  readonly name: ElementwiseName;
  readonly operands: readonly TensorNode[];
}

/** An operator on a whole array. */
export interface Head extends Base {
  readonly kind: "head";
  readonly name: HeadName;
  readonly operand: TensorNode;
}

/** A tensor of any rank, as an immutable node of an index expression. */
export type TensorNode = Variable | Constant | Delta | Merge | Product | Sum | Elementwise | Head;

/** The order of a derivative of expm, which has two axes for each. */
export const orderOf = (node: Head): number => node.dims.length / 2 - 1;

/** The nodes that a node is made of. */
export function partsOf(node: TensorNode): readonly TensorNode[] {
  switch (node.kind) {
    case "variable":
    case "constant":
    case "delta":
    case "merge":
      return [];
    case "product":
      return node.factors.map((factor) => factor.node);
    case "sum":
      return node.terms.map((term) => term.node);
    case "elementwise":
      return node.operands;
    case "head":
      return [node.operand];
  }
}

/**
 * Every node below and including `node`, parts first; no recursion, so depth does not matter. What is below a node
 * for which `isLeaf` holds is left out.
 */
export function reachable(
  node: TensorNode,
  isLeaf: (node: TensorNode) => boolean = () => false,
): readonly TensorNode[] {
  const seen = new Map<number, TensorNode>([[node.id, node]]);
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isLeaf(next)) continue;
    for (const part of partsOf(next)) {
      if (seen.has(part.id)) continue;
      seen.set(part.id, part);
      pending.push(part);
    }
  }
  return [...seen.values()].sort((a, b) => a.id - b.id);
}
