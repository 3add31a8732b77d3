import { asTensor, FluxionError, type NotationNode, type Numeric, type Tensor } from "@fluxion/core";
import { childrenOf } from "../display/cost.ts";
import { factorsOfDimension } from "../ir/dimension.ts";
import type { Dimension, Dimensions, TensorNode } from "../ir/node.ts";
import { reachable } from "../ir/node.ts";

/** Values for the variables of an expression by name; lengths of axes follow from shapes, or are numbers. */
export type Values = Readonly<Record<string, Numeric>>;

/** What an expression needs to be evaluated. */
export interface Needs {
  readonly variables: ReadonlySet<string>;
  /** Symbols of lengths of axes. */
  readonly lengths: ReadonlySet<string>;
}

/** The names in a tensor, and in the formula that stands for it. */
export function needsOf(
  node: TensorNode,
  tree: NotationNode | undefined,
  declared: ReadonlySet<string>,
): Needs {
  const variables = new Set<string>();
  const lengths = new Set<string>();
  for (const part of reachable(node)) {
    if (part.kind === "variable") variables.add(part.name);
    if (part.kind === "constant" && part.name !== "pi") lengths.add(part.name);
    for (const dimension of [...part.dims, ...(part.kind === "product" ? part.bound : [])]) {
      for (const symbol of factorsOfDimension(dimension).names) lengths.add(symbol);
    }
  }
  const pending = tree === undefined ? [] : [tree];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === "name" && declared.has(next.name)) lengths.add(next.name);
    else if (next.kind === "name" && next.name !== "pi") variables.add(next.name);
    pending.push(...childrenOf(next));
  }
  return { variables, lengths };
}

/** The values that an expression needs, checked against the declared shapes, and the lengths of axes. */
export function bind(
  needs: Needs,
  shapes: ReadonlyMap<string, Dimensions>,
  values: Values,
): ReadonlyMap<string, Tensor> {
  if (typeof values !== "object" || values === null) {
    throw new FluxionError("ARGUMENT", "Values are given by name, as in evaluate({ x: 2 }).");
  }
  const names = new Map<string, Tensor>();
  const lengths = new Map<string, { readonly length: number; readonly from: string }>();
  for (const name of new Set([...shapes.keys(), ...needs.variables])) {
    if (Object.hasOwn(values, name)) {
      const value = asTensor(values[name]!);
      measure(name, value, shapes.get(name) ?? [], lengths);
      names.set(name, value);
    } else if (needs.variables.has(name)) {
      const given = Object.keys(values).join(", ") || "none";
      throw new FluxionError("ARGUMENT", `The expression needs a value for ${name}; given: ${given}.`);
    }
  }
  for (const [name, value] of names) measureProducts(name, value, shapes.get(name) ?? [], lengths, values);
  for (const [symbol, { length }] of lengths) names.set(symbol, asTensor(length));
  for (const symbol of needs.lengths) {
    if (names.has(symbol)) continue;
    if (!Object.hasOwn(values, symbol)) {
      throw new FluxionError(
        "ARGUMENT",
        `The length ${symbol} does not follow from the values given; add it, as in evaluate({ ${symbol}: 3 }).`,
      );
    }
    names.set(symbol, asTensor(values[symbol]!));
  }
  return names;
}

function measure(
  name: string,
  value: Tensor,
  declared: Dimensions,
  lengths: Map<string, { readonly length: number; readonly from: string }>,
): void {
  const found = `[${value.shape.join(", ")}]`;
  if (value.rank !== declared.length) {
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `${name} was declared with shape [${declared.join(", ")}], found a value of shape ${found}.`,
    );
  }
  declared.forEach((dimension, axis) => {
    if (isProduct(dimension)) return;
    const length = value.shape[axis]!;
    const known =
      typeof dimension === "number" ? { length: dimension, from: "the declaration" } : lengths.get(dimension);
    if (known !== undefined && known.length !== length) {
      throw new FluxionError(
        "SHAPE_MISMATCH",
        `Axis ${axis} of ${name} has length ${length}; ${dimension} is ${known.length} by ${known.from}.`,
      );
    }
    if (typeof dimension === "string") lengths.set(dimension, { length, from: name });
  });
}

const isProduct = (dimension: Dimension): boolean => typeof dimension === "string" && dimension.includes("*");

/** Checks axes whose length is a product, or finds the one length in it that is not known yet. */
function measureProducts(
  name: string,
  value: Tensor,
  declared: Dimensions,
  lengths: Map<string, { readonly length: number; readonly from: string }>,
  values: Values,
): void {
  declared.forEach((dimension, axis) => {
    if (!isProduct(dimension)) return;
    const { number, names } = factorsOfDimension(dimension);
    const given = (symbol: string): number | undefined =>
      lengths.get(symbol)?.length ?? (Object.hasOwn(values, symbol) ? asTensor(values[symbol]!).item() : undefined); // prettier-ignore
    const unknown = names.filter((symbol) => given(symbol) === undefined);
    if (unknown.length > 1) return;
    const known = names.reduce((product, symbol) => product * (given(symbol) ?? 1), number);
    const length = value.shape[axis]!;
    const fits = unknown.length === 0 ? known === length : length % known === 0;
    if (!fits)
      throw new FluxionError(
        "SHAPE_MISMATCH",
        `Axis ${axis} of ${name} has length ${length}; ${dimension} is ${unknown.length === 0 ? known : `a multiple of ${known}`} by the other values.`,
      );
    if (unknown.length === 1) lengths.set(unknown[0]!, { length: length / known, from: name });
  });
}
