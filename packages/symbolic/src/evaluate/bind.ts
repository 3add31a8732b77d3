import { asTensor, FluxionError, type Numeric, type Tensor } from "@fluxion/core";
import type { Dimensions, TensorNode } from "../ir/node.ts";
import { reachable } from "../ir/node.ts";

/** Values for the variables of an expression by name; lengths of axes follow from shapes, or are numbers. */
export type Values = Readonly<Record<string, Numeric>>;

/** The values that an expression needs, checked against the declared shapes, and the lengths of axes. */
export function bind(
  nodes: readonly TensorNode[],
  shapes: ReadonlyMap<string, Dimensions>,
  values: Values,
): ReadonlyMap<string, Tensor> {
  if (typeof values !== "object" || values === null) {
    throw new FluxionError("ARGUMENT", "Values are given by name, as in evaluate({ x: 2 }).");
  }
  const names = new Map<string, Tensor>();
  const lengths = new Map<string, { readonly length: number; readonly from: string }>();
  const needed = new Set(nodes.flatMap((node) => reachable(node)).flatMap((node) => (node.kind === "variable" ? [node.name] : []))); // prettier-ignore
  for (const name of [...shapes.keys(), ...needed]) {
    if (names.has(name)) continue;
    if (!Object.hasOwn(values, name)) {
      if (needed.has(name))
        throw new FluxionError(
          "ARGUMENT",
          `The expression needs a value for ${name}; given: ${Object.keys(values).join(", ") || "none"}.`,
        );
      continue;
    }
    const value = asTensor(values[name]!);
    measure(name, value, shapes.get(name) ?? [], lengths);
    names.set(name, value);
  }
  for (const [symbol, { length }] of lengths) names.set(symbol, asTensor(length));
  for (const node of nodes.flatMap((part) => reachable(part))) {
    for (const symbol of symbolsOf(node)) {
      if (names.has(symbol) || symbol === "pi") continue;
      if (!Object.hasOwn(values, symbol))
        throw new FluxionError(
          "ARGUMENT",
          `The length ${symbol} does not follow from the values given; add it, as in evaluate({ ${symbol}: 3 }).`,
        );
      names.set(symbol, asTensor(values[symbol]!));
    }
  }
  return names;
}

const symbolsOf = (node: TensorNode): readonly string[] => [
  ...(node.kind === "constant" ? [node.name] : []),
  ...[...node.dims, ...(node.kind === "product" ? node.bound : [])].filter(
    (dimension) => typeof dimension === "string",
  ),
];

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
