import type { NotationNode } from "./ast.ts";
import { type Context, describe, fail, oriented, type Oriented, plain } from "./algebra.ts";
import { applyBinary } from "./binary.ts";
import { applyFunction } from "./functions.ts";
import { applyProduct, productSpine } from "./product.ts";

/**
 * Evaluates a formula with the operators of an algebra, keeping track of rows and columns.
 *
 * Depth is bounded by the parser, so recursion is safe.
 */
export function interpret<T>(context: Context<T>, tree: NotationNode): Oriented<T> {
  switch (tree.kind) {
    case "number":
      return oriented("scalar", context.algebra.number(tree.text));
    case "name":
      return context.name(tree.name) ?? unknownName(context, tree.name, tree);
    case "placeholder":
      return context.placeholder(tree.index);
    case "negate": {
      const { kind, value, transposed } = interpret(context, tree.operand);
      return oriented(kind, context.algebra.apply("neg", [value]), transposed);
    }
    case "transpose":
      return turned(context, tree, interpret(context, tree.operand));
    case "binary": {
      if (tree.operator !== "*") {
        return applyBinary(context, tree, interpret(context, tree.left), interpret(context, tree.right));
      }
      const spine = productSpine(tree);
      const operands = [spine[0]!.left, ...spine.map((node) => node.right)];
      return applyProduct(context, spine, operands.map((operand) => interpret(context, operand))); // prettier-ignore
    }
    case "call":
      return applyFunction(context, tree, tree.operands.map((operand) => interpret(context, operand))); // prettier-ignore
  }
}

/** The value that leaves a formula: rows and columns become plain vectors. */
export const leave = <T>(context: Context<T>, result: Oriented<T>): T => plain(context, result);

function unknownName<T>(context: Context<T>, name: string, tree: NotationNode): never {
  return fail(
    context,
    "ARGUMENT",
    `${name} has no value here. Pass a value, or in a template write \${${name}}.`,
    tree.span,
  );
}

function turned<T>(context: Context<T>, tree: NotationNode, operand: Oriented<T>): Oriented<T> {
  switch (operand.kind) {
    case "scalar":
      return operand;
    case "column":
      return oriented("row", operand.value);
    case "row":
      return oriented("column", operand.value);
    case "matrix":
      return oriented("matrix", operand.value, !operand.transposed);
    case "array":
      return fail(
        context,
        "SHAPE_MISMATCH",
        `A transpose is of a matrix or a vector, not of ${describe(context, operand)}.`,
        tree.span,
      );
  }
}
