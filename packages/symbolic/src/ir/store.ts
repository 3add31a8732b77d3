import { FluxionError } from "@fluxion/core";
import { isNonnegative, isPositive } from "./sign.ts";
import type {
  Assumption,
  Constant,
  Delta,
  Dimension,
  Dimensions,
  Merge,
  Product,
  Sum,
  TensorNode,
  Variable,
} from "./node.ts";
import { isSymmetricAssumption } from "./node.ts";
import type { Rational } from "./rational.ts";

/** Most nodes that one derivation may make. */
const NODE_LIMIT = 200_000;

type Unnumbered<N> = N extends TensorNode ? Omit<N, "id"> : never;

/** Where equal nodes are one node, and where the conditions under which a result holds are collected. */
export interface Store {
  readonly nodes: Map<string, TensorNode>;
  /** Products that were multiplied out before, by what they were made of. */
  readonly products: Map<string, Conditional>;
  /** What stands for sums in products, and what they were divided by. */
  readonly multiples: Map<Sum, Multiple>;
  /** Conditions by their text, each with the node that it is about. Replaced while conditions are kept apart. */
  conditions: Map<string, Condition>;
  /** Sums with the signs that the user gave them, so that x - m does not become m - x. */
  readonly written: Set<string>;
}

/** A sum as a multiple of another, with its axes in another order. */
export interface Multiple {
  readonly node: TensorNode;
  readonly divisor: Rational;
  /** The axes of the sum in the order in which this node has them. */
  readonly order: readonly number[];
}

/** A relation between a node and a number, or another node. */
export interface Condition {
  readonly left: TensorNode;
  readonly relation: "~=" | ">" | ">=" | "<" | "is simple";
  readonly right: TensorNode | number;
}

/** What was made, and the conditions that were noted meanwhile. */
export interface Conditional<T = TensorNode> {
  readonly result: T;
  readonly conditions: ReadonlyMap<string, Condition>;
}

export const createStore = (): Store => ({
  nodes: new Map(),
  products: new Map(),
  multiples: new Map(),
  conditions: new Map(),
  written: new Set(),
});

/** The one node with this key, made if it is new. */
export function intern<N extends TensorNode>(store: Store, key: string, parts: Unnumbered<N>): N {
  const known = store.nodes.get(key);
  if (known !== undefined) return known as N;
  const id = store.nodes.size;
  if (id >= NODE_LIMIT) {
    throw new FluxionError(
      "LIMIT",
      `The closed form needs more than ${NODE_LIMIT} distinct subexpressions. Lower the order, or differentiate in numbers with forward-dual or reverse-tape.`,
    );
  }
  const node = { id, ...parts } as unknown as N;
  store.nodes.set(key, node);
  return node;
}

/** Notes that the result holds only where this condition does, unless it always does. */
export function require(
  store: Store,
  left: TensorNode,
  relation: Condition["relation"],
  right: TensorNode | number,
): void {
  if (right === 0 && relation !== "<" && (isPositive(left) || (relation === ">=" && isNonnegative(left))))
    return;
  const key = `${left.id} ${relation} ${typeof right === "number" ? right : `#${right.id}`}`;
  store.conditions.set(key, { left, relation, right });
}

/** Notes that the result holds only where an eigenvalue or singular value is simple. */
export function requireSimple(store: Store, value: TensorNode): void {
  store.conditions.set(`${value.id} is simple`, { left: value, relation: "is simple", right: 0 });
}

export function variable(
  store: Store,
  name: string,
  dims: Dimensions,
  assumptions: readonly Assumption[] = [],
): Variable {
  const key = `v ${name} ${dims.map(dimensionKey).join(",")} ${[...assumptions].sort().join(",")}`;
  return intern<Variable>(store, key, { kind: "variable", name, dims, assumptions: new Set(assumptions) });
}

/** π by its name, or the length of an axis by its symbol. */
export const constant = (store: Store, name: string): Constant =>
  intern<Constant>(store, `c ${name}`, { kind: "constant", name, dims: [] });

export const delta = (store: Store, dimension: Dimension): Delta =>
  intern<Delta>(store, `d ${dimensionKey(dimension)}`, { kind: "delta", dims: [dimension, dimension] });

/** Pairs of indices of lengths a and b as one index; `length` is their product. */
export const mergeOf = (store: Store, length: Dimension, a: Dimension, b: Dimension): Merge =>
  intern<Merge>(store, `m ${dimensionKey(a)} ${dimensionKey(b)}`, { kind: "merge", dims: [length, a, b] });

/** Tells the number 3 from a symbol of that name. */
export const dimensionKey = (dimension: Dimension): string =>
  typeof dimension === "number" ? `${dimension}` : `$${dimension}`;

/** Matrices that were found to equal their transpose. */
const symmetricNodes = new WeakSet<TensorNode>();

export const markSymmetric = (node: TensorNode): void => void symmetricNodes.add(node);

/** Whether a matrix is known to equal its transpose. */
export const isSymmetric = (node: TensorNode): boolean => {
  switch (node.kind) {
    case "delta":
      return true;
    case "variable":
      return [...node.assumptions].some(isSymmetricAssumption);
    case "elementwise":
      return symmetricNodes.has(node) || (node.dims.length === 2 && node.operands.every(isSymmetric));
    case "product":
      return symmetricNodes.has(node) || isSquareOfEqualEntries(node);
    default:
      return symmetricNodes.has(node);
  }
};

const isSquareOfEqualEntries = ({ dims, factors }: Product): boolean =>
  dims.length === 2 && dims[0] === dims[1] && factors.every((factor) => factor.indices.length === 0);

/** Runs `make` and keeps the conditions that it notes apart. */
export function apart<T>(store: Store, make: () => T): Conditional<T> {
  const before = store.conditions;
  store.conditions = new Map();
  try {
    return { result: make(), conditions: store.conditions };
  } finally {
    store.conditions = before;
  }
}

/** Runs `make` and forgets the conditions that it notes. */
export const quietly = <T>(store: Store, make: () => T): T => apart(store, make).result;

export function adopt(store: Store, conditions: ReadonlyMap<string, Condition>): void {
  for (const [key, condition] of conditions) store.conditions.set(key, condition);
}
