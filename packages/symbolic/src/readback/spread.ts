import type { NotationNode } from "@fluxion/core";
import { call, transposeTree } from "../display/tree.ts";
import type { TensorNode } from "../ir/node.ts";
import { isSpread } from "../ir/varying.ts";
import { readProduct } from "./product.ts";
import { lengthTree, read, type Form, type Reader } from "./reader.ts";

/** Where a scalar may stand for an array: as an operand of + and - beside an array, and of elementwise functions. */
export const readSpread = (reader: Reader, node: TensorNode, form: Form): NotationNode | undefined =>
  isSpread(node) ? readProduct(reader, { ...node, dims: [] }, "scalar") : read(reader, node, form);

/** An array of ones or zeros: a column, a row, or a matrix. */
export function filledTree(name: "ones" | "zeros", dims: TensorNode["dims"], form: Form): NotationNode {
  const ordered = form === "transposed" ? [...dims].reverse() : dims;
  const ones = call(name, ...ordered.map(lengthTree));
  return form === "row" ? transposeTree(ones, new Set()) : ones;
}
