import type { Dimension, Dimensions, TensorNode } from "./node.ts";
import { einsum } from "./product.ts";
import * as Q from "./rational.ts";
import { constant, type Store } from "./store.ts";

/** The length of a composite axis is a product: `m*n`, `2*n`, with its number first and its names in order. */
export interface DimensionFactors {
  readonly number: number;
  readonly names: readonly string[];
}

export function factorsOfDimension(dimension: Dimension): DimensionFactors {
  if (typeof dimension === "number") return { number: dimension, names: [] };
  const parts = dimension.split("*");
  const numbers = parts.filter((part) => /^\d/.test(part)).map(Number);
  return {
    number: numbers.reduce((product, value) => product * value, 1),
    names: parts.filter((part) => !/^\d/.test(part)).sort(),
  };
}

/** The length of an axis that runs over all pairs, triples … of indices of these lengths. */
export function productOfDimensions(...dims: Dimensions): Dimension {
  const factors = dims.map(factorsOfDimension);
  const number = factors.reduce((product, own) => product * own.number, 1);
  const names = factors.flatMap((own) => own.names).sort();
  if (names.length === 0) return number;
  return [...(number === 1 ? [] : [`${number}`]), ...names].join("*");
}

const PRODUCT = /^\s*[A-Za-z0-9_]+\s*(\*\s*[A-Za-z0-9_]+\s*)+$/;
const PART = /^(?:[1-9]\d*|[A-Za-z_][A-Za-z0-9_]*)$/;

/** "n * m" as the length m*n; undefined if the text is not a product of names and whole numbers. */
export function parseDimensionProduct(text: string): Dimension | undefined {
  if (!PRODUCT.test(text)) return undefined;
  const parts = text.split("*").map((part) => part.trim());
  if (!parts.every((part) => PART.test(part))) return undefined;
  return productOfDimensions(...parts.map((part) => (/^\d/.test(part) ? Number(part) : part)));
}

/** The length of an axis as a scalar. */
export function lengthNode(store: Store, dimension: Dimension): TensorNode {
  const { number, names } = factorsOfDimension(dimension);
  const factors = names.map((name) => ({ node: constant(store, name), indices: [] }));
  return einsum(store, Q.rational(number), factors, [], []);
}

/** The length that a scalar stands for: a whole number times names of axes; undefined for any other scalar. */
export function dimensionOfNode(node: TensorNode): Dimension | undefined {
  if (node.kind === "constant") return node.name === "pi" ? undefined : node.name;
  if (node.kind !== "product" || node.dims.length > 0 || node.bound.length > 0) return undefined;
  if (!Q.isInteger(node.coefficient) || Q.sign(node.coefficient) <= 0n) return undefined;
  const names: string[] = [];
  for (const { node: factor, power } of node.factors) {
    if (factor.kind !== "constant" || factor.name === "pi") return undefined;
    if (!Q.isInteger(power) || Q.isNegative(power)) return undefined;
    for (let k = 0n; k < power.numerator; k++) names.push(factor.name);
  }
  return productOfDimensions(Number(node.coefficient.numerator), ...names);
}
