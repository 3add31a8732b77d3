import type { Dimension, Dimensions, Factor, HeadName, Product, TensorNode } from "../ir/node.ts";
import { orderOf, reachable } from "../ir/node.ts";
import { numberOf } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { splitMerges } from "./merged.ts";

/** What index notation is evaluated with. */
export interface IndexAlgebra<T> {
  readonly number: (value: number) => T;
  readonly name: (name: string) => T;
  readonly apply: (name: string, operands: readonly T[]) => T;
  readonly einsum: (subscripts: string, operands: readonly T[]) => T;
  readonly identity: (dimension: Dimension) => T;
  readonly ones: (dimension: Dimension) => T;
  readonly expmDerivative: (value: T, order: number) => T;
  readonly reshape: (value: T, dims: Dimensions) => T;
}

/** Names that core has for operators on whole arrays, where they differ. */
const HEADS: Readonly<Partial<Record<HeadName, string>>> = { inv: "inverse" };

/** Evaluates an index expression, each node once, with one einsum for each term. */
export function evaluateIndexed<T>(algebra: IndexAlgebra<T>, node: TensorNode): T {
  const values = new Map<number, T>();
  const valueOf = (part: TensorNode): T => {
    if (!values.has(part.id)) values.set(part.id, evaluateNode(algebra, part, valueOf));
    return values.get(part.id)!;
  };
  // Parts first, so that depth does not matter; the table of all pairs is made only where a term of a sum is one.
  for (const part of reachable(node)) if (part.kind !== "merge") valueOf(part);
  return valueOf(node);
}

function evaluateNode<T>(algebra: IndexAlgebra<T>, node: TensorNode, valueOf: (part: TensorNode) => T): T {
  switch (node.kind) {
    case "variable":
    case "constant":
      return algebra.name(node.name);
    case "delta":
      return algebra.identity(node.dims[0]!);
    case "merge":
      return algebra.reshape(algebra.identity(node.dims[0]!), node.dims);
    case "elementwise":
      return algebra.apply(node.name, node.operands.map((operand) => operandOf(algebra, operand, valueOf))); // prettier-ignore
    case "head":
      if (node.name === "dexpm") return algebra.expmDerivative(valueOf(node.operand), orderOf(node));
      return algebra.apply(HEADS[node.name] ?? node.name, [valueOf(node.operand)]);
    case "sum":
      return node.terms
        .map((term) => scaled(algebra, Q.toNumber(term.coefficient), valueOf(term.node)))
        .reduce((left, right) => algebra.apply("add", [left, right]));
    case "product":
      return evaluateProduct(algebra, node, valueOf);
  }
}

/** A number needs no array: polygamma's order must not be one. */
function operandOf<T>(algebra: IndexAlgebra<T>, node: TensorNode, valueOf: (part: TensorNode) => T): T {
  const value = numberOf(node);
  return value === undefined ? valueOf(node) : algebra.number(Q.toNumber(value));
}

const scaled = <T>(algebra: IndexAlgebra<T>, factor: number, value: T): T =>
  factor === 1 ? value : algebra.apply("mul", [algebra.number(factor), value]);

function evaluateProduct<T>(algebra: IndexAlgebra<T>, node: Product, valueOf: (part: TensorNode) => T): T {
  const scalars = node.factors.filter((factor) => factor.indices.length === 0);
  const arrays = node.factors.filter((factor) => factor.indices.length > 0 && factor.node.kind !== "merge");
  const letters = (indices: readonly number[]): string =>
    indices.map((index) => String.fromCharCode(97 + index)).join("");
  const { operands, out, lengthOf } = splitMerges(
    algebra,
    node,
    arrays.map((factor) => ({ value: powered(algebra, factor, valueOf), indices: factor.indices })),
  );
  const missing = out
    .filter((index) => !operands.some((operand) => operand.indices.includes(index)))
    .map((index) => ({ value: algebra.ones(lengthOf(index)), indices: [index] }));
  const all = [...operands, ...missing];
  const inputs = all.map((operand) => letters(operand.indices)).join(",");
  const product =
    all.length === 0 ? undefined : algebra.einsum(`${inputs}->${letters(out)}`, all.map(({ value }) => value)); // prettier-ignore
  const array =
    product !== undefined && out.length > node.dims.length ? algebra.reshape(product, node.dims) : product;
  const factors = [
    ...scalars.map((factor) => powered(algebra, factor, valueOf)),
    ...(array === undefined ? [] : [array]),
  ];
  const coefficient = Q.toNumber(node.coefficient);
  if (factors.length === 0) return algebra.number(coefficient);
  return scaled(algebra, coefficient, factors.reduce((left, right) => algebra.apply("mul", [left, right]))); // prettier-ignore
}

function powered<T>(algebra: IndexAlgebra<T>, { node, power }: Factor, valueOf: (part: TensorNode) => T): T {
  const value = valueOf(node);
  if (Q.isOne(power)) return value;
  if (Q.equals(power, Q.half)) return algebra.apply("sqrt", [value]);
  return algebra.apply("pow", [value, algebra.number(Q.toNumber(power))]);
}
