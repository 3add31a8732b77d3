import * as core from "@fluxion/core";
import {
  asTensor,
  einsum,
  evaluateNotation,
  expmDerivative,
  eye,
  FluxionError,
  ones,
  polygamma,
  reshape,
  type NotationNode,
  type Tensor,
} from "@fluxion/core";
import { factorsOfDimension } from "../ir/dimension.ts";
import type { Dimension, TensorNode } from "../ir/node.ts";
import { evaluateIndexed, type IndexAlgebra } from "./indexed.ts";

type Operation = (...operands: readonly Tensor[]) => Tensor;

/** Evaluates matrix notation with core's operators. */
export const evaluateTree = (
  source: string,
  tree: NotationNode,
  names: ReadonlyMap<string, Tensor>,
): Tensor => evaluateNotation(source, tree, names);

/** Evaluates index notation with core's operators. */
export function evaluateNode(node: TensorNode, names: ReadonlyMap<string, Tensor>): Tensor {
  const lengthOf = (dimension: Dimension): number =>
    factorsOfDimension(dimension).names.reduce(
      (product, name) => product * names.get(name)!.item(),
      factorsOfDimension(dimension).number,
    );
  const algebra: IndexAlgebra<Tensor> = {
    number: asTensor,
    name: (name) => names.get(name) ?? (name === "pi" ? asTensor(Math.PI) : missing(name)),
    apply: (name, operands) => {
      if (name === "polygamma") return polygamma(operands[0]!.item(), operands[1]!);
      return (core as unknown as Readonly<Record<string, Operation>>)[name]!(...operands);
    },
    einsum: (subscripts, operands) => einsum(subscripts, ...operands),
    identity: (dimension) => eye(lengthOf(dimension)),
    expmDerivative: (value, order) => expmDerivative(value, { order }),
    reshape: (value, dims) => reshape(value, dims.map(lengthOf)),
    ones: (dimension) => ones([lengthOf(dimension)]),
  };
  return evaluateIndexed(algebra, node);
}

function missing(name: string): never {
  throw new FluxionError("ARGUMENT", `The expression needs a value for ${name}.`);
}
