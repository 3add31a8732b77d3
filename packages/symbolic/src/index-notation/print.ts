import { spend } from "../effort.ts";
import type { Factor, Product, TensorNode } from "../ir/node.ts";
import { reachable } from "../ir/node.ts";
import { compareFactors, compareTerms } from "../ir/order.ts";
import { axes } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import type { Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";
import type { Reader } from "../readback/reader.ts";
import { introduce, noteArray, noteDelta, withLengths, type KnownLengths } from "./known-lengths.ts";
import { createLengths } from "./lengths.ts";
import { indexLetters, type Style } from "./style.ts";

/** What a formula is printed with. */
export interface IndexPrinter {
  readonly style: Style;
  readonly reader: Reader;
  /** Names of variables, which no index may have. */
  readonly taken: ReadonlySet<string>;
  /** Whether scalars stand in matrix notation, x'*w, where they can. */
  readonly closedScalars?: boolean;
  /** What is known of the lengths of the indices from what was printed, where lengths are to be written. */
  readonly known?: KnownLengths;
}

/** A formula that `parse` reads: the indices of the result, with the lengths that follow from no array, then the entry. */
export function printFormula(
  style: Style,
  reader: Reader,
  node: TensorNode,
  declared: Iterable<string>,
): string {
  const taken = new Set([
    ...declared,
    ...reachable(node).flatMap((part) => ("name" in part ? [part.name] : [])),
  ]);
  return printWithIndices({ style, reader, taken }, node);
}

function printWithIndices(printer: IndexPrinter, node: TensorNode): string {
  const letters = indexLetters(node.dims.length, printer.taken);
  const known = introduce({ lengths: createLengths(), indices: new Map() }, letters);
  const inner = { ...printer, taken: new Set([...printer.taken, ...letters]), known };
  const body = printIndexed(inner, node, letters);
  return `[${withLengths(known, letters, node.dims).join(",")}] ${body}`;
}

/** A tensor at the given indices. */
export function printIndexed(printer: IndexPrinter, node: TensorNode, indices: readonly string[]): string {
  const { style, reader } = printer;
  if (printer.closedScalars === true && node.dims.length === 0) {
    const whole = style.whole(reader, node);
    if (whole !== undefined) return whole;
  }
  switch (node.kind) {
    case "variable":
      noteArray(printer, node.dims, indices);
      return style.name(node.name, indices);
    case "constant":
      return style.name(node.name, []);
    case "merge":
      return style.delta([indices[0]!, `(${indices[1]!},${indices[2]!})`], node.dims[0]!, false);
    case "delta": {
      const isTaken = printer.taken.has("delta");
      if (isTaken) noteArray(printer, node.dims, indices);
      else noteDelta(printer, indices);
      return style.delta(indices, node.dims[0]!, isTaken);
    }
    case "elementwise":
      return style.call(node.name, node.operands.map((operand) => printIndexed(printer, operand, indices))); // prettier-ignore
    case "head":
      noteArray(printer, node.dims, indices);
      return style.matrixFunction(
        node.name,
        style.whole(reader, node.operand) ?? printWithOwnIndices(printer, node.operand),
        indices,
      );
    case "sum":
      return printTerms(printer, node, indices);
    case "product":
      return printProduct(
        printer,
        node,
        Q.absolute(node.coefficient),
        indices,
        Q.isNegative(node.coefficient),
      );
  }
}

function printWithOwnIndices(printer: IndexPrinter, node: TensorNode): string {
  if (printer.known !== undefined) return printWithIndices(printer, node);
  return printIndexed(printer, node, indexLetters(node.dims.length, printer.taken));
}

function printTerms(
  printer: IndexPrinter,
  node: TensorNode & { readonly kind: "sum" },
  indices: readonly string[],
): string {
  const ordered = [...node.terms].sort((a, b) => compareTerms(a.node, b.node));
  const first = Math.max(0, ordered.findIndex((term) => !Q.isNegative(term.coefficient))); // prettier-ignore
  const terms = [ordered[first]!, ...ordered.slice(0, first), ...ordered.slice(first + 1)];
  return terms
    .map(({ coefficient, node: part }, k) => {
      const size = Q.absolute(coefficient);
      const body =
        part.kind === "product"
          ? printProduct(printer, part, size, indices, false)
          : printProduct(printer, single(part), size, indices, false);
      const sign = Q.isNegative(coefficient) ? (k === 0 ? "-" : " - ") : k === 0 ? "" : " + ";
      return `${sign}${body}`;
    })
    .join("");
}

const single = (node: TensorNode): Pick<Product, "factors" | "bound" | "dims"> => ({
  factors: [{ node, indices: axes(node.dims.length), power: Q.one }],
  bound: [],
  dims: node.dims,
});

function printProduct(
  printer: IndexPrinter,
  node: Pick<Product, "factors" | "bound" | "dims">,
  coefficient: Q.Rational,
  indices: readonly string[],
  negative: boolean,
): string {
  spend(50);
  const { style, reader } = printer;
  // -(a - 1)*b is shown as (1 - a)*b.
  const turned = negative ? node.factors.find(isDifference) : undefined;
  const bound = indexLetters(node.bound.length, new Set([...printer.taken, ...indices]));
  const known = printer.known && introduce(printer.known, bound);
  const taken = new Set([...printer.taken, ...indices, ...bound]);
  const inner: IndexPrinter = { ...printer, taken, ...(known && { known }) };
  const names = [...indices, ...bound];
  // Scalars first: 2*(x'*w - y)*x[i].
  const ordered = node.factors
    .map((factor) => (factor === turned ? { ...factor, node: opposite(reader.store, factor.node) } : factor))
    .sort((a, b) => Math.sign(a.indices.length) - Math.sign(b.indices.length) || compareFactors(a, b));
  const side = (under: boolean): string[] =>
    ordered
      .filter((factor) => Q.isNegative(factor.power) === under)
      .map((factor) => ({ node: factor.node, text: printFactor(inner, factor, names) }))
      .sort((a, b) =>
        a.node === b.node || (a.node.kind === "delta" && b.node.kind === "delta")
          ? a.text < b.text
            ? -1
            : 1
          : 0,
      )
      .map(({ text }) => text);
  const over = [...(coefficient.numerator === 1n ? [] : [`${coefficient.numerator}`]), ...side(false)];
  const under = [...(Q.isInteger(coefficient) ? [] : [`${coefficient.denominator}`]), ...side(true)];
  const numerator = over.length === 0 ? "1" : over.join(style.times);
  const denominator =
    under.length > 1 && style.times === "*" ? style.group(under.join(style.times)) : under.join(style.times);
  const body = under.length === 0 ? numerator : style.fraction(numerator, denominator);
  return `${negative && turned === undefined ? "-" : ""}${bound.length === 0 ? body : style.sum(withLengths(known, bound, node.bound), body)}`;
}

/** Whether the factor is a difference, which turns round without growing. */
const isDifference = ({ node, power }: Factor): boolean =>
  node.kind === "sum" && Q.isOne(power) && node.terms.some(({ coefficient }) => Q.isNegative(coefficient));

const opposite = (store: Store, node: TensorNode): TensorNode =>
  sum(store, [{ coefficient: Q.rational(-1n), node }], node.dims);

function printFactor(
  printer: IndexPrinter,
  { node, indices, power }: Factor,
  names: readonly string[],
): string {
  const own = indices.map((index) => names[index]!);
  const text = printAtIndices(printer, node, own);
  const size = Q.absolute(power);
  const base =
    node.kind === "sum" || (node.kind === "product" && !Q.isOne(size)) ? printer.style.group(text) : text;
  return Q.isOne(size) ? base : printer.style.power(base, Q.keyOf(size));
}

/** A tensor at indices of which some may be equal: f(A)[j,j] is not the same node as f(A[j,j]), so a formula says which. */
function printAtIndices(printer: IndexPrinter, node: TensorNode, indices: readonly string[]): string {
  const isArray = node.kind === "variable" || node.kind === "head" || node.kind === "delta";
  if (printer.known === undefined || isArray || new Set(indices).size === indices.length)
    return printIndexed(printer, node, indices);
  const { style } = printer;
  const whole = style.whole(printer.reader, node);
  if (whole !== undefined) {
    noteArray(printer, node.dims, indices);
    return style.name(style.group(whole), indices);
  }
  const repeated = indices.findIndex((letter, axis) => indices.indexOf(letter) < axis);
  const [letter] = indexLetters(1, printer.taken) as readonly [string];
  const known = introduce(printer.known, [letter]);
  const inner = { ...printer, taken: new Set([...printer.taken, letter]), known };
  const moved = indices.map((other, axis) => (axis === repeated ? letter : other));
  const isDeltaTaken = printer.taken.has("delta");
  noteDelta(inner, [indices[repeated]!, letter]);
  const delta = style.delta([indices[repeated]!, letter], node.dims[repeated]!, isDeltaTaken);
  const entry = printAtIndices(inner, node, moved);
  const body = [delta, node.kind === "sum" || node.kind === "product" ? style.group(entry) : entry].join(style.times); // prettier-ignore
  return style.sum(withLengths(known, [letter], [node.dims[repeated]!]), body);
}
