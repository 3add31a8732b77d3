import { toLatex, type IsArray } from "../display/latex.ts";
import { latexName } from "../display/latex-name.ts";
import { toText } from "../display/text.ts";
import { writable } from "../display/writable.ts";
import type { TensorNode } from "../ir/node.ts";
import { axes, einsum } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { quietly, variable } from "../ir/store.ts";
import { read, type Form } from "../readback/reader.ts";
import { tidy } from "../simplify/tidy.ts";
import type { Derivative } from "./kronecker.ts";
import type { View } from "./view.ts";

/** What a differential is called. */
export interface DifferentialNames {
  /** The result: z, y or Y. */
  readonly value: string;
  /** The differential of the variable: dX, unless something else is called that. */
  readonly change: string;
}

/** Sorts behind every letter, so that dx comes last in a product: 2*x*dx. No name has it. */
const LAST = "~";

/**
 * dY as a formula in dX, which no layout changes: the derivative contracted with a new variable. Undefined where matrix
 * notation has no words for it.
 */
export function differentialView(
  { store, reader, node, numeratorRank, wrt }: Derivative,
  form: Form,
  { value, change }: DifferentialNames,
  isArray: IsArray,
): View | undefined {
  const hidden = `${LAST}${change}`;
  const tree = quietly(store, () => {
    const contracted = contract(store, node, numeratorRank, variable(store, hidden, wrt.dims));
    return read(reader, tidy(store, reader, contracted), form) ?? read(reader, contracted, form);
  });
  if (tree === undefined) return undefined;
  writable(tree);
  const name = (other: string): string =>
    other === hidden
      ? `\\mathrm{d}${latexName(wrt.name, wrt.dims.length > 0)}`
      : latexName(other, isArray(other));
  return {
    toString: () => `d${value} = ${toText(tree).replaceAll(LAST, "")}`,
    toLatex: () => `\\mathrm{d}${latexName(value, numeratorRank > 0)} = ${toLatex(tree, isArray, name)}`,
  };
}

/** Σ ∂Y/∂X · dX over the axes of X. */
function contract(
  store: Derivative["store"],
  node: TensorNode,
  numeratorRank: number,
  change: TensorNode,
): TensorNode {
  const all = axes(node.dims.length);
  const factors = [
    { node, indices: all },
    { node: change, indices: all.slice(numeratorRank) },
  ];
  return einsum(store, Q.one, factors, all.slice(0, numeratorRank), node.dims.slice(0, numeratorRank));
}
