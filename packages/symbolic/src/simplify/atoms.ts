import type { Elementwise, Factor, Product, TensorNode, Term } from "../ir/node.ts";
import * as Q from "../ir/rational.ts";
import type { ElementwiseName } from "../rules/elementwise.ts";

/** Ways to make a node that equals the one at hand; undefined where a way does not apply. */
export type Rewriting = () => TensorNode | undefined;

export type Call = Factor & { readonly node: Elementwise };

/** A scalar product, whose factors have no indices. */
export const isScalarProduct = (node: TensorNode): node is Product =>
  node.kind === "product" && node.dims.length === 0 && node.bound.length === 0;

/** Whether a factor is a whole power of this function. */
export const isCall = (factor: Factor, name: ElementwiseName): factor is Call =>
  factor.node.kind === "elementwise" && factor.node.name === name && Q.isInteger(factor.power);

const alone = new WeakMap<TensorNode, readonly Factor[]>();

/** The factors of a scalar term, or the term itself as one; the same objects every time. */
export function factorsOf(node: TensorNode): readonly Factor[] {
  if (isScalarProduct(node)) return node.factors;
  const known = alone.get(node) ?? [{ node, indices: [], power: Q.one }];
  alone.set(node, known);
  return known;
}

/** Operands of these functions anywhere in some terms, each once. */
export function operandsOf(
  terms: readonly Term[],
  names: ReadonlySet<ElementwiseName>,
): readonly TensorNode[] {
  const operands = new Set<TensorNode>();
  for (const term of terms) {
    for (const { node } of factorsOf(term.node))
      if (node.kind === "elementwise" && names.has(node.name)) operands.add(node.operands[0]!);
  }
  return [...operands];
}

/** Longest sum that identities are sought in; pairs of terms are tried. */
export const LONGEST = 12;
