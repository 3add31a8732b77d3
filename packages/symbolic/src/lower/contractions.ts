import { FluxionError, type GraphNode, type Shape } from "@fluxion/core";
import type { TensorNode } from "../ir/node.ts";
import { axes, einsum } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import type { Store } from "../ir/store.ts";

/** Says that an operator has no words in closed form. */
export const inexpressible = (operator: GraphNode["operator"], why: string): FluxionError =>
  new FluxionError(
    "UNSUPPORTED",
    `derive has no closed form for ${operator}${why}. Differentiate the function in numbers, with gradient(f), or write it with other operators.`,
  );

/** The tensor stretched to a shape, as operators of core do: missing axes in front, and axes of length 1. */
export function stretched(store: Store, node: TensorNode, shape: Shape): TensorNode {
  const missing = shape.length - node.dims.length;
  if (missing === 0 && node.dims.every((length, axis) => length === shape[axis])) return node;
  const indices = node.dims.map((length, axis) =>
    length === shape[axis + missing] ? axis + missing : shape.length + axis,
  );
  return einsum(store, Q.one, [{ node, indices }], axes(shape.length), shape);
}

/** Σ over some axes; with `keepDims` they stay, with length 1. */
export function summed(
  store: Store,
  node: TensorNode,
  { axes: over, keepDims }: { readonly axes: readonly number[]; readonly keepDims: boolean },
): TensorNode {
  const rank = node.dims.length;
  const kept = axes(rank).filter((axis) => !over.includes(axis));
  const out = keepDims ? axes(rank).map((axis) => (over.includes(axis) ? rank + axis : axis)) : kept;
  const dims = out.map((index) => (index < rank ? node.dims[index]! : 1));
  return einsum(store, Q.one, [{ node, indices: axes(rank) }], out, dims);
}

/** A product by letters for each choice of the leading axes, which stretch as operators of core stretch them. */
export function batched(store: Store, subscripts: string, operands: readonly TensorNode[]): TensorNode {
  const [inputs, output] = subscripts.split("->") as [string, string];
  const words = inputs.split(",");
  const leading = operands.map(({ dims }, k) => dims.slice(0, dims.length - words[k]!.length));
  const rank = Math.max(...leading.map((dims) => dims.length));
  const at = (dims: TensorNode["dims"], axis: number): number =>
    (dims[axis - (rank - dims.length)] ?? 1) as number;
  const lengths = axes(rank).map((axis) => Math.max(...leading.map((dims) => at(dims, axis))));
  let fresh = rank;
  const letter = (index: number): string => String.fromCharCode(0x100 + index);
  const full = words.map((word, k) => {
    const own = axes(rank).slice(rank - leading[k]!.length);
    return (
      own.map((axis) => letter(at(leading[k]!, axis) === lengths[axis] ? axis : fresh++)).join("") + word
    );
  });
  return contracted(store, `${full.join(",")}->${axes(rank).map(letter).join("")}${output}`, operands);
}

/** A product by letters, `ij,jk->ik`. */
export function contracted(store: Store, subscripts: string, operands: readonly TensorNode[]): TensorNode {
  const [inputs, output] = subscripts.split("->") as [string, string];
  const letters = [...new Set(inputs.replaceAll(",", ""))];
  const indicesOf = (word: string): readonly number[] => [...word].map((letter) => letters.indexOf(letter));
  const factors = inputs.split(",").map((word, k) => ({ node: operands[k]!, indices: indicesOf(word) }));
  const out = indicesOf(output);
  const lengths = new Map(factors.flatMap(({ node, indices }) => indices.map((index, axis) => [index, node.dims[axis]!] as const))); // prettier-ignore
  return einsum(store, Q.one, factors, out, out.map((index) => lengths.get(index)!)); // prettier-ignore
}
