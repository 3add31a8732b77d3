import { FluxionError } from "@fluxion/core";
import type { TensorNode, Variable } from "./ir/node.ts";
import { axes, einsum } from "./ir/product.ts";
import * as Q from "./ir/rational.ts";
import { delta, type Store } from "./ir/store.ts";
import { sum } from "./ir/sum.ts";

/** Which entries of a matrix move together. */
export type Structure = "symmetric" | "diagonal";

/** The structure within which a variable varies; undefined where its entries are independent. Throws `UNSUPPORTED`. */
export function structureOf(variable: Variable): Structure | undefined {
  const { assumptions, name } = variable;
  if (assumptions.has("orthogonal"))
    throw new FluxionError(
      "UNSUPPORTED",
      `structured: true is for matrices whose entries vary linearly; the orthogonal matrices are curved. The part of the derivative G that is tangent to them at ${name} is G - ${name}*G'*${name}.`,
    );
  if (assumptions.has("diagonal")) return "diagonal";
  return assumptions.has("symmetric") || assumptions.has("spd") ? "symmetric" : undefined;
}

/** Throws unless some variable has a structure. */
export function requireStructure(variables: readonly Variable[]): void {
  if (variables.some((variable) => structureOf(variable) !== undefined)) return;
  const [first] = variables;
  throw new FluxionError(
    "ARGUMENT",
    `structured: true differentiates within symmetric or diagonal matrices, and nothing says that ${first!.name} is one. Declare it, as in assume: { ${first!.name}: "symmetric" }, or leave structured out.`,
  );
}

/**
 * The derivative by the independent entries, from G, the derivative by all entries on its last two axes: the entries
 * kl and lk of a symmetric matrix move together, so D = G + G' − diag(diag(G)); off the diagonal of a diagonal matrix
 * nothing moves, so D = diag(diag(G)). Source: The Matrix Cookbook (2012), §2.8.
 */
export function withinStructure(store: Store, G: TensorNode, structure: Structure): TensorNode {
  const rank = G.dims.length;
  const out = axes(rank);
  const [k, l] = [rank - 2, rank - 1];
  const outer = axes(k);
  const identity = { node: delta(store, G.dims[k]!), indices: [k, l] };
  const diagonal = einsum(store, Q.one, [{ node: G, indices: [...outer, k, k] }, identity], out, G.dims);
  if (structure === "diagonal") return diagonal;
  const flipped = einsum(store, Q.one, [{ node: G, indices: [...outer, l, k] }], out, G.dims);
  return sum(store, [{ coefficient: Q.one, node: G }, { coefficient: Q.one, node: flipped }, { coefficient: Q.minusOne, node: diagonal }], G.dims); // prettier-ignore
}
