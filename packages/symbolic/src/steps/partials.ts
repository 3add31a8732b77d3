import type { NotationNode } from "@fluxion/core";
import { cheapest } from "../display/cost.ts";
import { call, nameTree, sumTree } from "../display/tree.ts";
import type { ExpressionParts } from "../expression.ts";
import type { Dimensions, TensorNode, Variable } from "../ir/node.ts";
import { axes, einsum } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import type { Store } from "../ir/store.ts";
import { read, type Form } from "../readback/reader.ts";
import { tidy } from "../simplify/tidy.ts";
import { splitSign, timesDifferential } from "./phrase.ts";

/** A partial derivative, and the differential that it is multiplied by. */
export interface Partial {
  readonly slope: TensorNode;
  readonly step: TensorNode;
}

/** Σ ∂f/∂v · dv, one term for each variable; undefined where there is none, because what moves falls out of the formula. */
export function readPartials(
  { store, reader }: ExpressionParts,
  partials: readonly Partial[],
  dims: Dimensions,
  form: Form,
): NotationNode | undefined {
  const terms = partials.map(({ slope, step }) => {
    const short = tidy(store, reader, slope);
    const factor =
      dims.length > 0 || step.dims.length > 1
        ? undefined
        : read(reader, short, step.dims.length === 0 ? "scalar" : "row");
    const product = factor && timesDifferential(factor, (step as Variable).name);
    if (dims.length === 0 && step.dims.length === 0) return product;
    return cheapest([product, read(reader, tidy(store, reader, contract(store, short, step, dims)), form)]);
  });
  if (terms.length === 0 || terms.includes(undefined)) return undefined;
  return sumTree((terms as readonly NotationNode[]).map(splitSign));
}

/** Where the derivative can be read off: (∂z/∂x)*dx for vectors, tr((∂z/∂X)'*dX) for a scalar by a matrix. */
export function collect(
  parts: ExpressionParts,
  slope: TensorNode,
  dx: Variable,
  dims: Dimensions,
  form: Form,
): NotationNode | undefined {
  const [rank, own] = [dims.length, dx.dims.length];
  const ahead: Form | undefined = own === 2 ? (rank === 0 ? "transposed" : undefined) : own === 0 ? undefined : rank === 0 ? "row" : "matrix"; // prettier-ignore
  const tree = ahead === undefined || rank + own > 2 ? undefined : read(parts.reader, slope, ahead);
  if (tree === undefined || (form === "row" && rank > 0))
    return readPartials(parts, [{ slope, step: dx }], dims, form);
  const { negative, tree: factor } = splitSign(tree);
  const product = factor.kind === "call" && factor.name === "eye" ? nameTree(dx.name) : timesDifferential(factor, dx.name); // prettier-ignore
  return sumTree([{ negative, tree: own === 2 ? call("tr", product) : product }]);
}

/** D·dx: the sum over all axes of x. */
export function contract(store: Store, slope: TensorNode, step: TensorNode, dims: Dimensions): TensorNode {
  const rank = dims.length;
  const inner = step.dims.map((_, k) => rank + k);
  const factors = [
    { node: slope, indices: [...axes(rank), ...inner] },
    { node: step, indices: inner },
  ];
  return einsum(store, Q.one, factors, axes(rank), dims);
}
