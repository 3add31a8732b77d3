import { FluxionError } from "@fluxion/core";
import { elementwise } from "../ir/elementwise.ts";
import { merge } from "../ir/merges.ts";
import type { Dimension, TensorNode } from "../ir/node.ts";
import { axes, einsum } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { delta, type Store } from "../ir/store.ts";
import { remember, sum } from "../ir/sum.ts";
import type { Scope } from "../lower/scope.ts";
import type { Lengths } from "./lengths.ts";
import { resolve } from "./resolve.ts";
import type { Indexed } from "./resolved.ts";
import type { IndexedFormula } from "./syntax.ts";

/** A tensor and the index of each of its axes, all different. */
interface Labelled {
  readonly node: TensorNode;
  readonly indices: readonly number[];
}

/** A formula in index notation as a tensor, its axes in the order of the indices in front. */
export function buildIndexed(scope: Scope, formula: IndexedFormula): TensorNode {
  const { body, indices, lengths } = resolve(scope, formula, (inner) => buildIndexed(scope, inner));
  return aligned(scope.store, lengths, build(scope.store, lengths, body), indices);
}

/** The tensor with these axes, in this order; it is constant along an axis that it does not have. */
function aligned(
  store: Store,
  lengths: Lengths,
  { node, indices }: Labelled,
  wanted: readonly number[],
): TensorNode {
  if (wanted.length === indices.length && wanted.every((index, k) => index === indices[k])) return node;
  return einsum(store, Q.one, [{ node, indices }], wanted, wanted.map((index) => lengths.of(index)!)); // prettier-ignore
}

/** Indices in the order in which they were introduced, which does not depend on how a formula is written. */
const together = (...parts: readonly Labelled[]): readonly number[] =>
  [...new Set(parts.flatMap(({ indices }) => indices))].sort((a, b) => a - b);

function build(store: Store, lengths: Lengths, part: Indexed): Labelled {
  switch (part.kind) {
    case "entry": {
      const indices = [...new Set(part.indices)].sort((a, b) => a - b);
      return { node: aligned(store, lengths, part, indices), indices };
    }
    case "delta": {
      const [a, b] = part.indices;
      const node = delta(store, lengths.of(a)!);
      const indices = [...new Set([a, b])].sort((x, y) => x - y);
      return { node: aligned(store, lengths, { node, indices: [a, b] }, indices), indices };
    }
    case "merge": {
      const [whole, first, second] = part.indices.map((index) => lengths.of(index)!) as [Dimension, Dimension, Dimension]; // prettier-ignore
      const node = merge(store, first, second);
      if (node.dims[0] !== whole)
        throw new FluxionError(
          "SHAPE_MISMATCH",
          `delta[p,(i,j)] joins p to the pairs of i and j, so p has the length ${node.dims[0]}; found ${whole}.`,
        );
      const indices = [...new Set(part.indices)].sort((x, y) => x - y);
      return { node: aligned(store, lengths, { node, indices: part.indices }, indices), indices };
    }
    case "negate": {
      const { node, indices } = build(store, lengths, part.operand);
      return { node: elementwise(store, "neg", [node]), indices };
    }
    case "call": {
      const operands = part.operands.map((operand) => build(store, lengths, operand));
      const indices = together(...operands);
      const nodes = operands.map((operand) => aligned(store, lengths, operand, indices));
      return { node: elementwise(store, part.name, nodes), indices };
    }
    case "binary":
      return buildBinary(store, lengths, part);
    case "sum": {
      const body = build(store, lengths, part.body);
      const indices = body.indices.filter((index) => !part.indices.includes(index));
      const whole = aligned(store, lengths, body, [...indices, ...part.indices]);
      const dims = whole.dims.slice(0, indices.length);
      const out = axes(indices.length);
      return { node: einsum(store, Q.one, [{ node: whole, indices: axes(whole.dims.length) }], out, dims), indices }; // prettier-ignore
    }
  }
}

function buildBinary(store: Store, lengths: Lengths, part: Indexed & { readonly kind: "binary" }): Labelled {
  const [left, right] = [build(store, lengths, part.left), build(store, lengths, part.right)];
  const indices = together(left, right);
  if (part.operator === "*" || part.operator === "/") {
    const power = part.operator === "/" ? Q.minusOne : Q.one;
    const dims = indices.map((index) => lengths.of(index)!);
    return { node: einsum(store, Q.one, [left, { ...right, power }], indices, dims), indices };
  }
  const [a, b] = [left, right].map((side) => aligned(store, lengths, side, indices)) as [TensorNode, TensorNode]; // prettier-ignore
  if (part.operator === "^") return { node: elementwise(store, "pow", [a, b]), indices };
  const sign = part.operator === "-" ? Q.minusOne : Q.one;
  const node = sum(store, [{ coefficient: Q.one, node: a }, { coefficient: sign, node: b }], a.dims); // prettier-ignore
  if (node.kind === "sum") remember(store, node);
  return { node, indices };
}
