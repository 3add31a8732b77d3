import { FluxionError, parseNotation, type NotationNode } from "@fluxion/core";
import { elementwise } from "../ir/elementwise.ts";
import type { Dimensions, TensorNode } from "../ir/node.ts";
import { number, times } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { constant, type Store } from "../ir/store.ts";
import { elementwiseRules, operandNames, smoothRules, type ElementwiseName } from "./elementwise.ts";

const parsed = new Map<string, NotationNode>();

const parseOnce = (text: string): NotationNode => {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const tree = parseNotation(text);
  parsed.set(text, tree);
  return tree;
};

/** ∂name/∂operand at the given operands, from the table. */
export function partial(
  store: Store,
  name: ElementwiseName,
  position: number,
  operands: readonly TensorNode[],
): TensorNode {
  const rules = smoothRules[name] ?? elementwiseRules[name];
  return instantiate(store, rules[position]!, operandNames(name), operands);
}

/** A text of the notation, read elementwise with its names standing for nodes of one shape. */
export function instantiate(
  store: Store,
  text: string,
  names: readonly string[],
  operands: readonly TensorNode[],
): TensorNode {
  const { dims } = operands[0]!;
  const bindings = new Map(names.map((name, k) => [name, operands[k]!]));
  return build(store, parseOnce(text), bindings, dims);
}

function build(
  store: Store,
  tree: NotationNode,
  bindings: ReadonlyMap<string, TensorNode>,
  dims: Dimensions,
): TensorNode {
  const recur = (part: NotationNode): TensorNode => build(store, part, bindings, dims);
  switch (tree.kind) {
    case "number":
      return number(store, Q.parseRational(tree.text), dims);
    case "name":
      return bindings.get(tree.name) ?? times(store, dims, constant(store, tree.name));
    case "negate":
      return elementwise(store, "neg", [recur(tree.operand)]);
    case "binary":
      return elementwise(store, OPERATORS[tree.operator], [recur(tree.left), recur(tree.right)]);
    case "call":
      return elementwise(store, tree.name as ElementwiseName, tree.operands.map(recur));
    case "transpose":
    case "placeholder":
      throw new FluxionError("UNSUPPORTED", `A rule for elementwise operators has no ${tree.kind}.`);
  }
}

const OPERATORS = {
  "+": "add", "-": "sub", "*": "mul", ".*": "mul", "/": "div", "./": "div", "^": "pow", ".^": "pow",
} as const; // prettier-ignore
