import type { CallNode } from "@fluxion/core";
import { productOfDimensions } from "../ir/dimension.ts";
import { merge } from "../ir/merges.ts";
import { einsum, type LooseFactor } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { lengthOf, wrong } from "./functions.ts";
import { column, describe, matrix, row, scalar, type Scope, type Value } from "./scope.ts";

/** vec(A): the columns of A one below the other. */
export function vecOf(scope: Scope, _: CallNode, a: Value): Value {
  if (a.kind !== "matrix") return a.kind === "scalar" ? a : column(a.node);
  const { store } = scope;
  const [m, n] = a.node.dims;
  const pairs = merge(store, n!, m!);
  const factors = [{ node: pairs, indices: [0, 2, 1] }, { node: a.node, indices: [1, 2] }]; // prettier-ignore
  return column(einsum(store, Q.one, factors, [0], [pairs.dims[0]!]));
}

/** unvec(v, m, n): the m×n matrix A with vec(A) = v. */
export function unvecOf(scope: Scope, tree: CallNode, v: Value, rows: Value, columns: Value): Value {
  const { store } = scope;
  const [m, n] = [lengthOf(scope, tree, rows, 1), lengthOf(scope, tree, columns, 2)];
  const length = productOfDimensions(m, n);
  if ((v.kind !== "column" && v.kind !== "row") || v.node.dims[0] !== length)
    throw wrong(scope, tree, `into ${m} rows and ${n} columns needs a vector of length ${length}, not ${describe(v)}${v.kind === "matrix" ? "; write unvec(vec(A), m, n)" : ""}`); // prettier-ignore
  const factors = [{ node: merge(store, n, m), indices: [2, 1, 0] }, { node: v.node, indices: [2] }]; // prettier-ignore
  return matrix(einsum(store, Q.one, factors, [0, 1], [m, n]));
}

/** kron(A, B): every entry of A times B; a column is a matrix of one column, a row a matrix of one row. */
export function kroneckerProduct(scope: Scope, _: CallNode, a: Value, b: Value): Value {
  const [rows, columns] = [0, 1].map((axis) => [a, b].map((value) => indexOn(value, axis))) as unknown as [
    Sides,
    Sides,
  ];
  const operands = [a, b].map((value, k): LooseFactor => ({
    node: value.node,
    indices: [rows[k], columns[k]].filter((side) => side !== undefined).map((_, axis) => 10 * (k + 1) + axis),
  }));
  const factors = [...operands];
  const out: number[] = [];
  const dims = [];
  for (const [axis, sides] of [rows, columns].entries()) {
    const present = sides.flatMap((position, k) =>
      position === undefined ? [] : [{ index: 10 * (k + 1) + position, length: [a, b][k]!.node.dims[position]! }],
    ); // prettier-ignore
    if (present.length === 0) continue;
    if (present.length === 1) {
      out.push(present[0]!.index);
      dims.push(present[0]!.length);
      continue;
    }
    const pairs = merge(scope.store, present[0]!.length, present[1]!.length);
    factors.push({ node: pairs, indices: [axis, present[0]!.index, present[1]!.index] });
    out.push(axis);
    dims.push(pairs.dims[0]!);
  }
  const node = einsum(scope.store, Q.one, factors, out, dims);
  const [hasRows, hasColumns] = [rows, columns].map((sides) => sides.some((side) => side !== undefined));
  if (hasRows === true) return hasColumns === true ? matrix(node) : column(node);
  return hasColumns === true ? row(node) : scalar(node);
}

type Sides = readonly [number | undefined, number | undefined];

/** Which index of the tensor runs along the rows (0) or the columns (1) of a value, if any. */
function indexOn({ kind }: Value, axis: number): number | undefined {
  if (kind === "matrix") return axis;
  return (kind === "column" && axis === 0) || (kind === "row" && axis === 1) ? 0 : undefined;
}
