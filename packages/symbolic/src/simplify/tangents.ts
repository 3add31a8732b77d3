import { elementwise } from "../ir/elementwise.ts";
import type { Factor, TensorNode } from "../ir/node.ts";
import { axes, einsum } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import type { Store } from "../ir/store.ts";
import type { ElementwiseName } from "../rules/elementwise.ts";
import { isCall } from "./atoms.ts";

const families: readonly (readonly [
  sine: ElementwiseName,
  cosine: ElementwiseName,
  tangent: ElementwiseName,
])[] = [
  ["sin", "cos", "tan"],
  ["sinh", "cosh", "tanh"],
];

/** sin(u)./cos(u) = tan(u) and sinh(u)./cosh(u) = tanh(u) inside products of arrays; scalars have more ways. */
export function tangents(store: Store, node: TensorNode): TensorNode | undefined {
  if (node.kind !== "product") return undefined;
  for (const [sine, cosine, tangent] of families) {
    for (const over of node.factors) {
      if (!isCall(over, sine) || over.indices.length === 0 || Q.isNegative(over.power)) continue;
      const matches = (factor: Factor): boolean =>
        isCall(factor, cosine) &&
        factor.node.operands[0] === over.node.operands[0] &&
        factor.indices.join() === over.indices.join() &&
        Q.isNegative(factor.power);
      const under = node.factors.find(matches);
      if (under === undefined) continue;
      const count = Q.minimum(over.power, Q.negate(under.power));
      const factors = [
        ...node.factors.filter((factor) => factor !== over && factor !== under),
        { ...over, power: Q.subtract(over.power, count) },
        { ...under, power: Q.add(under.power, count) },
        { ...over, node: elementwise(store, tangent, over.node.operands), power: count },
      ];
      return einsum(store, node.coefficient, factors, axes(node.dims.length), node.dims);
    }
  }
  return undefined;
}
