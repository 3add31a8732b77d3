import { FluxionError } from "../errors.ts";
import { asTensor, type Numeric } from "../tensor/numeric.ts";
import { checkShape, formatShape, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { flattenAs, formatStructure, type TreeStructure } from "../tree/tree.ts";
import type { Tangents } from "./definition.ts";

/** Throws `LIMIT` when no storage could hold the derivatives of the outputs by the inputs, all blocks together. */
export function checkBlocks(asked: string, outputs: readonly Tensor[], inputs: readonly Tensor[]): void {
  for (const { shape: y } of outputs) for (const { shape: x } of inputs) checkShape(asked, [...y, ...x]);
  const rows = outputs.reduce((total, { size }) => total + size, 0);
  const columns = inputs.reduce((total, { size }) => total + size, 0);
  checkShape(`${asked} of ${rows} results by ${columns} numbers`, [rows, columns]);
}

/** Throws `NOT_SCALAR` unless f returned one scalar. */
export function checkScalar(asked: string, structure: TreeStructure, results: readonly Numeric[]): void {
  if (structure.kind !== "leaf")
    throw new FluxionError(
      "NOT_SCALAR",
      `${asked} needs f to return one scalar, found the tree ${formatStructure(structure)}. Use jacobian(), or return one of its leaves.`,
    );
  const { shape } = asTensor(results[0]!);
  if (shape.length > 0)
    throw new FluxionError(
      "NOT_SCALAR",
      `${asked} needs f to return a scalar (shape []), found shape ${formatShape(shape)}. Use jacobian(), or sum() the result.`,
    );
}

/** Flat directions, one of its shape for each tensor that they belong to. Throws `TREE`, `SHAPE_MISMATCH`. */
export function directions(
  what: string,
  structure: TreeStructure,
  tree: unknown,
  like: readonly Tensor[],
): Tangents {
  const leaves = flattenAs(what, structure, tree).map(asTensor);
  for (let i = 0; i < leaves.length; i++)
    if (!sameShape(leaves[i]!.shape, like[i]!.shape))
      throw new FluxionError(
        "SHAPE_MISMATCH",
        `${what} has the shape ${formatShape(leaves[i]!.shape)}${leaves.length > 1 ? ` at leaf ${i}` : ""}, what it belongs to has ${formatShape(like[i]!.shape)}. Give them the same shape.`,
      );
  return leaves;
}
