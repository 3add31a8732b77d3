import type { Dimension, Factor, Product, TensorNode } from "../ir/node.ts";
import { reachable } from "../ir/node.ts";
import { isSpread } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";

/** What index notation is evaluated with. */
export interface IndexAlgebra<T> {
  readonly number: (value: number) => T;
  readonly name: (name: string) => T;
  readonly apply: (name: string, operands: readonly T[]) => T;
  readonly einsum: (subscripts: string, operands: readonly T[]) => T;
  readonly identity: (dimension: Dimension) => T;
  readonly ones: (dimension: Dimension) => T;
}

/** Names that the operators of core have for operators on whole arrays. */
const HEADS = { inv: "inverse", det: "det", logdet: "logdet", softmax: "softmax", logsumexp: "logsumexp", max: "max", min: "min" } as const; // prettier-ignore

/** Evaluates an index expression, each node once, with one einsum for each term. */
export function evaluateIndexed<T>(algebra: IndexAlgebra<T>, node: TensorNode): T {
  const values = new Map<number, T>();
  const valueOf = (part: TensorNode): T => values.get(part.id)!;
  for (const part of reachable(node)) values.set(part.id, evaluateNode(algebra, part, valueOf));
  return valueOf(node);
}

function evaluateNode<T>(algebra: IndexAlgebra<T>, node: TensorNode, valueOf: (part: TensorNode) => T): T {
  switch (node.kind) {
    case "variable":
    case "constant":
      return algebra.name(node.name);
    case "delta":
      return algebra.identity(node.dims[0]!);
    case "elementwise":
      // The order of polygamma is one number, not an array of them.
      if (node.name === "polygamma") return algebra.apply("polygamma", [evaluateOrder(algebra, node.operands[0]!, valueOf), valueOf(node.operands[1]!)]); // prettier-ignore
      return algebra.apply(node.name, node.operands.map(valueOf)); // prettier-ignore
    case "head":
      return algebra.apply(HEADS[node.name], [valueOf(node.operand)]);
    case "sum":
      return node.terms
        .map((term) => scaled(algebra, Q.toNumber(term.coefficient), valueOf(term.node)))
        .reduce((left, right) => algebra.apply("add", [left, right]));
    case "product":
      return evaluateProduct(algebra, node, valueOf);
  }
}

const evaluateOrder = <T>(
  algebra: IndexAlgebra<T>,
  order: TensorNode,
  valueOf: (part: TensorNode) => T,
): T => (isSpread(order) ? evaluateProduct(algebra, { ...order, dims: [] }, valueOf) : valueOf(order));

const scaled = <T>(algebra: IndexAlgebra<T>, factor: number, value: T): T =>
  factor === 1 ? value : algebra.apply("mul", [algebra.number(factor), value]);

function evaluateProduct<T>(algebra: IndexAlgebra<T>, node: Product, valueOf: (part: TensorNode) => T): T {
  const scalars = node.factors.filter((factor) => factor.indices.length === 0);
  const arrays = node.factors.filter((factor) => factor.indices.length > 0);
  const letters = (indices: readonly number[]): string =>
    indices.map((index) => String.fromCharCode(97 + index)).join("");
  const missing = node.dims.flatMap((dimension, index) =>
    arrays.some((factor) => factor.indices.includes(index)) ? [] : [{ index, dimension }],
  );
  const inputs = [
    ...arrays.map((factor) => letters(factor.indices)),
    ...missing.map(({ index }) => letters([index])),
  ];
  const operands = [
    ...arrays.map((factor) => powered(algebra, factor, valueOf)),
    ...missing.map(({ dimension }) => algebra.ones(dimension)),
  ];
  const array =
    inputs.length === 0
      ? undefined
      : algebra.einsum(`${inputs.join(",")}->${letters(node.dims.map((_, k) => k))}`, operands);
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
