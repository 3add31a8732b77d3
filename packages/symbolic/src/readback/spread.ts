import type { NotationNode } from "@fluxion/core";
import { call } from "../display/tree.ts";
import type { Product, TensorNode } from "../ir/node.ts";
import { readProduct } from "./product.ts";
import { lengthTree, read, type Form, type Reader } from "./reader.ts";

/** Whether a tensor has the same value everywhere because no factor has its indices. */
export const isSpread = (node: TensorNode): node is Product =>
  node.kind === "product" &&
  node.dims.length > 0 &&
  node.factors.every((factor) => factor.indices.length === 0);

/** Where a scalar may stand for an array: as an operand of + and - beside an array, and of elementwise functions. */
export const readSpread = (reader: Reader, node: TensorNode, form: Form): NotationNode | undefined =>
  isSpread(node) ? readProduct(reader, { ...node, dims: [] }, "scalar") : read(reader, node, form);

/** An array of ones: a column, a row, or a matrix. */
export function onesTree(dims: TensorNode["dims"], form: Form): NotationNode {
  const ordered = form === "transposed" ? [...dims].reverse() : dims;
  const ones = call("ones", ...ordered.map(lengthTree));
  return form === "row" ? { kind: "transpose", operand: ones, span: { start: 0, end: 0 } } : ones;
}
