import type { CallNode } from "./ast.ts";
import { type Context, describe, fail, oriented, type Oriented, plain } from "./algebra.ts";

type Operands<T> = readonly Oriented<T>[];

/** vec(A): the columns of a matrix one below the other; a row becomes a column. */
export function vecOf<T>(context: Context<T>, tree: CallNode, [a]: Operands<T>): Oriented<T> {
  if (a!.kind === "array") wrong(context, tree, `needs a matrix, not ${describe(context, a!)}`);
  if (a!.kind === "scalar") return a!;
  return oriented(
    "column",
    a!.kind === "matrix" ? context.algebra.apply("vec", [plain(context, a!)]) : a!.value,
  );
}

/** unvec(v, m, n): the m×n matrix with vec(matrix) = v. */
export function unvecOf<T>(context: Context<T>, tree: CallNode, [v, m, n]: Operands<T>): Oriented<T> {
  if (v!.kind !== "column" && v!.kind !== "row")
    wrong(context, tree, `needs a vector and two lengths, not ${describe(context, v!)}`);
  if (m!.kind !== "scalar" || n!.kind !== "scalar")
    wrong(context, tree, "needs the numbers of rows and columns");
  return oriented("matrix", context.algebra.apply("unvec", [v!.value, m!.value, n!.value]));
}

/** kron(A, B), with a column as a matrix of one column and a row as a matrix of one row. */
export function kroneckerProduct<T>(context: Context<T>, tree: CallNode, operands: Operands<T>): Oriented<T> {
  const { apply } = context.algebra;
  const [a, b] = operands as readonly [Oriented<T>, Oriented<T>];
  for (const operand of operands)
    if (operand.kind === "array") wrong(context, tree, `needs matrices, not ${describe(context, operand)}`);
  if (a.kind === "scalar" || b.kind === "scalar") {
    const array = a.kind === "scalar" ? b : a;
    return oriented(array.kind, apply("mul", [a.value, b.value]), array.transposed);
  }
  if (a.kind === "column" && b.kind === "row") return oriented("matrix", apply("outer", [a.value, b.value]));
  if (a.kind === "row" && b.kind === "column") return oriented("matrix", apply("outer", [b.value, a.value]));
  // kron(a', B) = kron(a, B')': core's kron takes a vector as a column.
  if (a.kind === "row" || b.kind === "row") {
    const turned = operands.map((operand) =>
      plain(context, oriented(operand.kind, operand.value, operand.kind === "matrix" && !operand.transposed)),
    );
    const product = apply("kron", turned);
    return a.kind === b.kind ? oriented("row", product) : oriented("matrix", product, true);
  }
  const product = apply(
    "kron",
    operands.map((operand) => plain(context, operand)),
  );
  return oriented(a.kind === "column" && b.kind === "column" ? "column" : "matrix", product);
}

const wrong = <T>(context: Context<T>, tree: CallNode, what: string): never =>
  fail(context, "SHAPE_MISMATCH", `${tree.name} ${what}.`, tree.nameSpan);
