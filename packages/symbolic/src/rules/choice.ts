import { elementwise } from "../ir/elementwise.ts";
import type { Dimensions, Elementwise, TensorNode, Term } from "../ir/node.ts";
import { axes, einsum, isZeroNode, number, times } from "../ir/product.ts";
import { asProduct } from "../ir/rebuild.ts";
import * as Q from "../ir/rational.ts";
import type { Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";

/** An operator that takes one of two operands, element by element. */
export interface Choice {
  readonly condition: TensorNode;
  /** Positions of the operands for true and for false; a missing one is a constant. */
  readonly branches: readonly [whenTrue: number, whenFalse: number | undefined];
}

/** How where, relu, maximum and minimum choose; undefined for other operators. */
export function choiceOf(store: Store, { name, operands }: Elementwise): Choice | undefined {
  const [x, y] = operands as readonly [TensorNode, TensorNode?];
  switch (name) {
    case "where":
      return { condition: x, branches: [1, 2] };
    case "relu":
      return {
        condition: elementwise(store, "greater", [x, number(store, Q.zero, x.dims)]),
        branches: [0, undefined],
      };
    case "maximum":
      return { condition: elementwise(store, "greater", [x, y!]), branches: [0, 1] };
    case "minimum":
      return { condition: elementwise(store, "less", [x, y!]), branches: [0, 1] };
    default:
      return undefined;
  }
}

/**
 * The derivative of a choice is the choice of the derivatives. What is not chosen may be infinite, so it is not
 * multiplied by 0: everything with the indices of the choice goes into its branch.
 */
export function chooseBranches(
  store: Store,
  { condition, branches }: Choice,
  node: Elementwise,
  moving: readonly TensorNode[],
  dims: Dimensions,
): TensorNode {
  const [whenTrue, whenFalse] = branches.map((position) =>
    position === undefined ? number(store, Q.zero, dims) : moving[position]!,
  );
  if (dims.length === 0) return elementwise(store, "where", [condition, whenTrue!, whenFalse!]);
  const rank = node.dims.length;
  const zero = number(store, Q.zero, node.dims);
  const gated = (inner: TensorNode, gate: (value: TensorNode) => TensorNode): readonly Term[] =>
    isZeroNode(inner)
      ? []
      : termsOf(inner).map(({ coefficient, node: term }) => {
          const product = asProduct(term);
          const own = product.factors.filter(
            ({ indices }) => indices.length === rank && indices.every((index, k) => index === k),
          );
          const rest = product.factors.filter((factor) => !own.includes(factor));
          const value = times(store, node.dims, ...own.map((factor) => [factor.node, factor.power] as const), number(store, Q.one, node.dims)); // prettier-ignore
          const factors = [{ node: gate(value), indices: axes(rank) }, ...rest];
          return {
            coefficient: Q.multiply(coefficient, product.coefficient),
            node: einsum(store, Q.one, factors, axes(dims.length), dims),
          };
        });
  return sum(
    store,
    [
      ...gated(whenTrue!, (value) => elementwise(store, "where", [condition, value, zero])),
      ...gated(whenFalse!, (value) => elementwise(store, "where", [condition, zero, value])),
    ],
    dims,
  );
}

const termsOf = (node: TensorNode): readonly Term[] =>
  node.kind === "sum" ? node.terms : [{ coefficient: Q.one, node }];

/** f(where(c, a, b)) = where(c, f(a), f(b)) for scalars, with f linear: a branch that is 0 stays 0. */
export function intoBranches(
  store: Store,
  node: TensorNode,
  f: (branch: TensorNode) => TensorNode,
): TensorNode {
  if (node.kind !== "elementwise" || node.name !== "where" || node.dims.length > 0) return f(node);
  const [condition, whenTrue, whenFalse] = node.operands as readonly [TensorNode, TensorNode, TensorNode];
  const branch = (part: TensorNode): TensorNode => (isZeroNode(part) ? part : intoBranches(store, part, f));
  const branches = [branch(whenTrue), branch(whenFalse)];
  // f may make arrays of scalars: then the condition, and a branch that stayed 0, spread over them.
  const dims = branches.find((part) => part.dims.length > 0)?.dims ?? [];
  const spread = (part: TensorNode): TensorNode =>
    part.dims.length === dims.length ? part : times(store, dims, part);
  return elementwise(store, "where", [condition, ...branches].map(spread));
}
