import { type NotationNode, parseNotation, type Tensor } from "@fluxion/core";
import { parse, type Shapes } from "../../src/index.ts";
import { toText } from "../../src/display/text.ts";

/** A matrix by its entries, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly at: (row: number, column: number) => number;
}

const matrix = (rows: number, columns: number, at: Matrix["at"]): Matrix => {
  const data = Array.from({ length: rows * columns }, (_, k) => at(Math.floor(k / columns), k % columns));
  return { rows, columns, at: (row, column) => data[row * columns + column]! };
};

const kron = (a: Matrix, b: Matrix): Matrix =>
  matrix(
    a.rows * b.rows,
    a.columns * b.columns,
    (r, c) => a.at(Math.floor(r / b.rows), Math.floor(c / b.columns)) * b.at(r % b.rows, c % b.columns),
  );
const times = (a: Matrix, b: Matrix): Matrix => {
  if (a.rows * a.columns === 1) return matrix(b.rows, b.columns, (r, c) => a.at(0, 0) * b.at(r, c));
  if (a.columns !== b.rows) throw new Error(`${a.rows}×${a.columns} times ${b.rows}×${b.columns}`);
  return matrix(a.rows, b.columns, (r, c) => {
    let total = 0;
    for (let k = 0; k < a.columns; k++) total += a.at(r, k) * b.at(k, c);
    return total;
  });
};
const vec = (a: Matrix): Matrix =>
  matrix(a.rows * a.columns, 1, (r) => a.at(r % a.rows, Math.floor(r / a.rows)));
const diagonal = (v: Matrix): Matrix => matrix(v.rows, v.rows, (r, c) => (r === c ? v.at(r, 0) : 0));
const identity = (n: number): Matrix => matrix(n, n, (r, c) => (r === c ? 1 : 0));
/** K with K*vec(X) = vec(X') for an m×n matrix X, by its definition. */
const commutation = (m: number, n: number): Matrix =>
  matrix(m * n, m * n, (r, c) => (r % n === Math.floor(c / m) && Math.floor(r / n) === c % m ? 1 : 0));

export function fromTensor(value: Tensor, form: string): Matrix {
  const { shape, data } = value;
  const [rows, columns] =
    form === "scalar" ? [1, 1] : form === "column" ? [shape[0]!, 1] : form === "row" ? [1, shape[0]!] : [shape[0]!, shape[1]!]; // prettier-ignore
  return matrix(rows, columns, (r, c) => data[r * columns + c]!);
}

/** The value of a text with kron, vec and commutation; the rest is evaluated as what it is in matrix notation. */
export function evaluateKronecker(
  text: string,
  shapes: Shapes,
  values: Readonly<Record<string, Tensor>>,
  lengths: Readonly<Record<string, number>>,
): Matrix {
  const length = (tree: NotationNode): number =>
    tree.kind === "number"
      ? Number(tree.text)
      : tree.kind === "name"
        ? lengths[tree.name]!
        : tree.kind === "binary"
          ? length(tree.left) * length(tree.right)
          : NaN;
  const isSpecial = (tree: NotationNode): boolean =>
    (tree.kind === "call" && ["kron", "vec", "commutation", "zeros"].includes(tree.name)) ||
    (tree.kind === "call" && tree.name === "eye" && tree.operands[0]!.kind === "binary") ||
    (tree.kind === "call" && tree.operands.some(isSpecial)) ||
    (tree.kind === "binary" && (isSpecial(tree.left) || isSpecial(tree.right))) ||
    ((tree.kind === "negate" || tree.kind === "transpose") && isSpecial(tree.operand));
  const go = (tree: NotationNode): Matrix => {
    if (!isSpecial(tree)) {
      const leaf = parse(toText(tree), { shapes });
      return fromTensor(leaf.evaluate({ ...lengths, ...values }), leaf.parts.form);
    }
    switch (tree.kind) {
      case "negate": {
        const inner = go(tree.operand);
        return matrix(inner.rows, inner.columns, (r, c) => -inner.at(r, c));
      }
      case "transpose": {
        const inner = go(tree.operand);
        return matrix(inner.columns, inner.rows, (r, c) => inner.at(c, r));
      }
      case "binary": {
        const [a, b] = [go(tree.left), go(tree.right)];
        if (tree.operator === "*") return times(a, b);
        const sign = tree.operator === "+" ? 1 : tree.operator === "-" ? -1 : NaN;
        if (a.rows !== b.rows || a.columns !== b.columns) throw new Error("Terms of different sizes");
        return matrix(a.rows, a.columns, (r, c) => a.at(r, c) + sign * b.at(r, c));
      }
      case "call": {
        if (tree.name === "zeros")
          return matrix(length(tree.operands[0]!), length(tree.operands[1]!), () => 0);
        if (tree.name === "eye") return identity(length(tree.operands[0]!));
        if (tree.name === "commutation") return commutation(length(tree.operands[0]!), length(tree.operands[1]!)); // prettier-ignore
        const operands = tree.operands.map(go);
        if (tree.name === "kron") return kron(operands[0]!, operands[1]!);
        return tree.name === "vec" ? vec(operands[0]!) : diagonal(operands[0]!);
      }
      default:
        throw new Error(`No value for ${toText(tree)}`);
    }
  };
  return go(parseNotation(text));
}
