import { isGrouped } from "./tree.ts";
import type { BinaryOperator, NotationNode } from "@fluxion/core";

const POWER: Readonly<Record<BinaryOperator, number>> = {
  "+": 1, "-": 1, "*": 2, "/": 2, ".*": 2, "./": 2, "^": 4, ".^": 4,
}; // prettier-ignore
const SIGN = 3;
const TRANSPOSE = 5;
const ATOM = 6;

/** The tree in the text notation, with as few parentheses as the parser needs. */
export function toText(tree: NotationNode): string {
  switch (tree.kind) {
    case "number":
      return tree.text;
    case "name":
      return tree.name;
    case "placeholder":
      return `$${tree.index}`;
    case "negate":
      return `-${wrap(tree.operand, SIGN)}`;
    case "transpose":
      return `${wrap(tree.operand, TRANSPOSE)}'`;
    case "call":
      return `${tree.name}(${tree.operands.map(toText).join(", ")})`;
    case "binary":
      return binaryText(tree.operator, tree.left, tree.right);
  }
}

function binaryText(operator: BinaryOperator, left: NotationNode, right: NotationNode): string {
  const power = POWER[operator];
  const [leftPower, rightPower] = power === POWER["^"] ? [power + 1, power] : [power, power + 1];
  const separator = operator === "+" || operator === "-" ? ` ${operator} ` : operator;
  const first =
    power === POWER["*"] && operator !== "/" && isGrouped(left) ? `(${toText(left)})` : wrap(left, leftPower);
  return `${first}${spaced(separator, left)}${wrap(right, rightPower)}`;
}

/** `2 .* x` keeps its point apart from the number's. */
const spaced = (separator: string, left: NotationNode): string =>
  separator.startsWith(".") && left.kind === "number" ? ` ${separator} ` : separator;

const wrap = (tree: NotationNode, least: number): string =>
  bindingOf(tree) < least ? `(${toText(tree)})` : toText(tree);

export function bindingOf(tree: NotationNode): number {
  switch (tree.kind) {
    case "binary":
      return POWER[tree.operator];
    case "negate":
      return SIGN;
    case "transpose":
      return TRANSPOSE;
    default:
      return ATOM;
  }
}
