import type { Dimension, Dimensions, Product } from "../ir/node.ts";
import type { IndexAlgebra } from "./indexed.ts";

/** A value and the indices of its axes. */
export interface Operand<T> {
  readonly value: T;
  readonly indices: readonly number[];
}

export interface Contraction<T> {
  readonly operands: readonly Operand<T>[];
  readonly out: readonly number[];
  readonly lengthOf: (index: number) => Dimension;
}

/**
 * A product without its merges: where p stands for the pair (i, j), every axis p is reshaped into two axes i and j, so
 * that the table of all pairs is not made. It is made where an index of a pair is one of the result's, too.
 */
export function splitMerges<T>(
  algebra: IndexAlgebra<T>,
  node: Product,
  arrays: readonly Operand<T>[],
): Contraction<T> {
  const lengths: Dimensions = [...node.dims, ...node.bound];
  const lengthOf = (index: number): Dimension => lengths[index]!;
  let operands = [...arrays];
  let out: readonly number[] = node.dims.map((_, k) => k);
  const tableOf = (pairs: readonly number[]): Operand<T> => ({
    value: algebra.reshape(algebra.identity(lengthOf(pairs[0]!)), pairs.map(lengthOf)),
    indices: pairs,
  });
  let pending = node.factors.filter((factor) => factor.node.kind === "merge").map(({ indices }) => indices);
  for (let pairs = pending[0]; pairs !== undefined; pairs = pending[0]) {
    const [p, i, j] = pairs as readonly [number, number, number];
    pending = pending.slice(1);
    if (i === j || out.includes(i) || out.includes(j)) {
      operands.push(tableOf(pairs));
      continue;
    }
    const split = (indices: readonly number[]): readonly number[] =>
      indices.flatMap((index) => (index === p ? [i, j] : [index]));
    operands.push(...pending.filter((indices) => indices.includes(p)).map(tableOf));
    pending = pending.filter((indices) => !indices.includes(p));
    operands = operands.map((operand) => {
      if (!operand.indices.includes(p)) return operand;
      const indices = split(operand.indices);
      return { value: algebra.reshape(operand.value, indices.map(lengthOf)), indices };
    });
    out = split(out);
  }
  return { operands, out, lengthOf };
}
