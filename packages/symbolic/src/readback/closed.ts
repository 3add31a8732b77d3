import type { NotationNode } from "@fluxion/core";
import { binary, call, chainTree, fraction, integer, transposeTree } from "../display/tree.ts";
import type { Factor, Product } from "../ir/node.ts";
import { axes } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import type { Chain } from "./chain.ts";
import { scalarPower } from "./power.ts";
import { read, type Reader } from "./reader.ts";

/** Σ over all positions of arrays of one shape: sum(A.*B), norm1(u), norm2(u)^2, tr(A'*A). */
export function closedForms(
  reader: Reader,
  tensors: readonly Factor[],
  node: Product,
  readFactor: (factor: Factor) => NotationNode | undefined,
): readonly Chain[] {
  const first = tensors[0]!;
  if (
    tensors.length === 1 &&
    Q.isOne(first.power) &&
    first.indices.length === 2 &&
    first.indices[0] === first.indices[1]
  ) {
    const matrix = readFactor(first);
    return matrix === undefined ? [] : [[call("tr", matrix)]];
  }
  const uniform = tensors.every((factor) => factor.indices.join() === first.indices.join());
  if (
    !uniform ||
    new Set(first.indices).size !== first.indices.length ||
    first.indices.length !== node.bound.length ||
    first.indices.length > 2
  )
    return [];
  const forms: Chain[] = [];
  if (
    tensors.length === 1 &&
    first.node.kind === "elementwise" &&
    first.node.name === "abs" &&
    Q.isOne(first.power)
  ) {
    const operand = read(reader, first.node.operands[0]!);
    if (operand !== undefined) forms.push([call("norm1", operand)]);
  }
  const base = readFactor(first);
  if (base === undefined) return [];
  if (tensors.length === 1 && Q.equals(first.power, Q.two)) {
    forms.push([scalarPower(call("norm2", base), Q.two)]);
    if (first.indices.length === 2)
      forms.push([call("tr", binary("*", transposeTree(base, reader.symmetric), base))]);
  }
  // Read as one array, the product is elementwise.
  const array = { ...node, dims: node.bound, bound: [], coefficient: Q.one, factors: tensors.map((factor) => ({ ...factor, indices: axes(factor.indices.length) })) }; // prettier-ignore
  const tree = readElementwise(array.factors, readFactor, tensors);
  return tree === undefined ? forms : [...forms, [call("sum", tree)]];
}

/** Factors of one shape as an elementwise product. */
function readElementwise(
  factors: readonly Factor[],
  readFactor: (factor: Factor) => NotationNode | undefined,
  originals: readonly Factor[],
): NotationNode | undefined {
  const over: NotationNode[] = [];
  const under: NotationNode[] = [];
  for (const [k, factor] of factors.entries()) {
    const base = readFactor(originals[k]!);
    if (base === undefined) return undefined;
    const size = Q.absolute(factor.power);
    const tree = Q.isOne(size)
      ? base
      : Q.equals(size, Q.half)
        ? call("sqrt", base)
        : binary(".^", base, fraction(size));
    (Q.isNegative(factor.power) ? under : over).push(tree);
  }
  const numerator = over.length === 0 ? integer(1n) : chainTree(".*", over);
  return under.reduce((left, right) => binary("./", left, right), numerator);
}
