import type { BinaryNode } from "@fluxion/core";
import { elementwise, spread } from "../ir/elementwise.ts";
import { head } from "../ir/head.ts";
import type { Dimensions, TensorNode } from "../ir/node.ts";
import { einsum, numberOf } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { delta } from "../ir/store.ts";
import { transposed } from "../ir/transposed.ts";
import type { ElementwiseName } from "../rules/elementwise.ts";
import {
  column,
  describe,
  failure,
  matrix,
  row,
  sameShape,
  scalar,
  type Scope,
  type Value,
} from "./scope.ts";

/** Highest power of a matrix that is written out. */
const MATRIX_POWER_LIMIT = 32n;

/** left operator right, with the shapes of linear algebra. */
export function applyBinary(scope: Scope, tree: BinaryNode, left: Value, right: Value): Value {
  switch (tree.operator) {
    case "+":
      return elementwiseBinary(scope, tree, "add", left, right, "only a scalar spreads over an array");
    case "-":
      return elementwiseBinary(scope, tree, "sub", left, right, "only a scalar spreads over an array");
    case ".*":
      return elementwiseBinary(scope, tree, "mul", left, right, "an elementwise product needs equal shapes");
    case "./":
      return elementwiseBinary(scope, tree, "div", left, right, "an elementwise quotient needs equal shapes");
    case ".^":
      return elementwiseBinary(scope, tree, "pow", left, right, "an elementwise power needs equal shapes");
    case "*":
      return matrixProduct(scope, tree, left, right);
    case "/":
      return quotient(scope, tree, left, right);
    case "^":
      return matrixPower(scope, tree, left, right);
  }
}

/** An elementwise operator on operands of one shape, or scalars. */
export function applyElementwise(
  scope: Scope,
  name: ElementwiseName,
  operands: readonly Value[],
): Value | undefined {
  const shape = operands.find((operand) => operand.kind !== "scalar") ?? operands[0]!;
  if (operands.some((operand) => operand.kind !== "scalar" && !sameShape(operand, shape))) return undefined;
  const nodes = operands.map((operand) => spread(scope.store, operand.node, shape.node));
  return { kind: shape.kind, node: elementwise(scope.store, name, nodes) };
}

function elementwiseBinary(
  scope: Scope,
  tree: BinaryNode,
  name: ElementwiseName,
  left: Value,
  right: Value,
  law: string,
): Value {
  const result = applyElementwise(scope, name, [left, right]);
  if (result !== undefined) return result;
  throw mismatch(scope, tree, left, right, `${law}${elementwiseAdvice(left, right)}`);
}

function elementwiseAdvice(left: Value, right: Value): string {
  const vectors = left.kind !== "matrix" && right.kind !== "matrix";
  if (vectors && left.kind !== right.kind) return "; transpose one side with '";
  const [, vector] = left.kind === "matrix" ? [left, right] : [right, left];
  if (left.kind === right.kind) return "";
  return vector.kind === "column"
    ? "; to repeat a column write v*ones(n)'"
    : "; to repeat a row write ones(m)*v";
}

const mismatch = (scope: Scope, tree: BinaryNode, left: Value, right: Value, what: string): Error =>
  failure(
    scope,
    "SHAPE_MISMATCH",
    `"${tree.operator}" between ${describe(left)} and ${describe(right)}: ${what}.`,
    tree.operatorSpan,
  );

const contract = (scope: Scope, a: TensorNode, b: TensorNode, at: readonly [number[], number[]], out: number[], dims: Dimensions): TensorNode =>
  einsum(scope.store, Q.one, [{ node: a, indices: at[0] }, { node: b, indices: at[1] }], out, dims); // prettier-ignore

function matrixProduct(scope: Scope, tree: BinaryNode, left: Value, right: Value): Value {
  if (left.kind === "scalar" || right.kind === "scalar")
    return applyElementwise(scope, "mul", [left, right])!;
  const [a, b] = [left.node, right.node];
  const inner = left.kind === "column" ? 1 : a.dims.at(-1)!;
  const needed = right.kind === "row" ? 1 : b.dims[0]!;
  if (left.kind === "column" && right.kind === "column") {
    throw mismatch(
      scope,
      tree,
      left,
      right,
      "write x'*y for the scalar product, x*y' for the outer product, x.*y for the elementwise product",
    );
  }
  if (inner !== needed)
    throw mismatch(scope, tree, left, right, `the inner dimensions ${inner} and ${needed} differ`);
  if (left.kind === "column" && right.kind === "row") return matrix(contract(scope, a, b, [[0], [1]], [0, 1], [a.dims[0]!, b.dims[0]!])); // prettier-ignore
  if (left.kind === "row" && right.kind === "column")
    return scalar(contract(scope, a, b, [[0], [0]], [], []));
  if (left.kind === "row" && right.kind === "matrix") return row(contract(scope, a, b, [[0], [0, 1]], [1], [b.dims[1]!])); // prettier-ignore
  if (left.kind === "matrix" && right.kind === "column") return column(contract(scope, a, b, [[0, 1], [1]], [0], [a.dims[0]!])); // prettier-ignore
  if (left.kind === "matrix" && right.kind === "matrix") return matrix(contract(scope, a, b, [[0, 1], [1, 2]], [0, 2], [a.dims[0]!, b.dims[1]!])); // prettier-ignore
  if (left.kind === "column") return matrix(contract(scope, a, b, [[0], [2, 1]], [0, 1], [a.dims[0]!, b.dims[1]!])); // prettier-ignore
  throw mismatch(scope, tree, left, right, `the inner dimensions ${inner} and ${needed} differ`);
}

function quotient(scope: Scope, tree: BinaryNode, left: Value, right: Value): Value {
  if (right.kind === "scalar") return applyElementwise(scope, "div", [left, right])!;
  const advice =
    right.kind === "matrix"
      ? "write A*inv(B), or ./ for the elementwise quotient"
      : "write ./ for the elementwise quotient";
  throw mismatch(scope, tree, left, right, `only a scalar divides; ${advice}`);
}

function matrixPower(scope: Scope, tree: BinaryNode, left: Value, right: Value): Value {
  if (left.kind === "scalar" && right.kind === "scalar")
    return applyElementwise(scope, "pow", [left, right])!;
  const { store } = scope;
  const [rows, columns] = left.node.dims;
  if (left.kind !== "matrix" || rows !== columns || right.kind !== "scalar") {
    throw mismatch(
      scope,
      tree,
      left,
      right,
      "a power is of a scalar or of a square matrix; write .^ for the elementwise power",
    );
  }
  const exponent = numberOf(right.node);
  if (exponent === undefined || !Q.isInteger(exponent)) {
    throw failure(
      scope,
      "UNSUPPORTED",
      "A power of a matrix needs a whole number as exponent.",
      tree.right.span,
    );
  }
  const count = Q.absolute(exponent).numerator;
  if (count > MATRIX_POWER_LIMIT) {
    throw failure(
      scope,
      "LIMIT",
      `A power of a matrix is written out up to ${MATRIX_POWER_LIMIT}.`,
      tree.right.span,
    );
  }
  if (count === 0n) return matrix(delta(store, rows!));
  const base = Q.isNegative(exponent) ? head(store, "inv", left.node) : left.node;
  const factors = Array.from({ length: Number(count) }, (_, k) => ({ node: base, indices: [k, k + 1] }));
  return matrix(einsum(store, Q.one, factors, [0, Number(count)], left.node.dims));
}

/** operand' */
export function applyTranspose(scope: Scope, operand: Value): Value {
  switch (operand.kind) {
    case "scalar":
      return operand;
    case "column":
      return row(operand.node);
    case "row":
      return column(operand.node);
    case "matrix":
      return matrix(transposed(scope.store, operand.node));
  }
}
