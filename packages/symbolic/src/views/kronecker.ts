import { FluxionError, type NotationNode } from "@fluxion/core";
import { toLatex, type IsArray } from "../display/latex.ts";
import { bindingOf, toText } from "../display/text.ts";
import { writable } from "../display/writable.ts";
import { binary, call, sumTree, transposeTree } from "../display/tree.ts";
import type { Dimension, Factor, Product, TensorNode, Variable } from "../ir/node.ts";
import { einsum } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { asProduct } from "../ir/rebuild.ts";
import type { Store } from "../ir/store.ts";
import { lengthTree, read, type Form, type Reader } from "../readback/reader.ts";
import { expandAll } from "../simplify/expand.ts";
import { arrange, pinsOf, type Pattern, type Pins } from "./patterns.ts";
import type { View } from "./view.ts";

/** What the view is made from: the derivative of something of this rank by a variable. */
export interface Derivative {
  readonly store: Store;
  readonly reader: Reader;
  readonly node: TensorNode;
  readonly numeratorRank: number;
  readonly wrt: Variable;
}

/** One matrix of a term, in both notations. */
interface Piece {
  readonly text: NotationNode;
  readonly latex: (inProduct: boolean) => string;
}

interface Summand {
  readonly negative: boolean;
  readonly pieces: readonly Piece[];
}

/** Where a term is built: the derivative, and how names are set. */
interface Context extends Derivative {
  readonly pins: Pins;
  readonly isArray: IsArray;
}

/**
 * ∂vec(Y)/∂vec(X)ᵀ, where vec stacks the columns: a sum of terms diag(vec(F))·kron(P, Q)·diag(vec(G)), with the commutation
 * matrix behind where X is transposed, commutation(m, n)*vec(X) = vec(X'), or vec(F)·vec(G)'. Undefined where the tensor
 * is no such sum. Source: Magnus and Neudecker, Matrix Differential Calculus, chapter 9.
 */
export function kroneckerView(derivative: Derivative, isArray: IsArray): View | undefined {
  const { store, node, numeratorRank, wrt } = derivative;
  if (numeratorRank > 2 || wrt.dims.length > 2)
    throw new FluxionError(
      "UNSUPPORTED",
      `Kronecker products are for derivatives of matrices by matrices and below; found one of an array with ${numeratorRank} axes by one with ${wrt.dims.length}.`,
    );
  const context = { ...derivative, isArray, pins: pinsOf(numeratorRank, node.dims.length) };
  const summands = readSummands(context, node) ?? readSummands(context, expandAll(store, node));
  if (summands === undefined) return undefined;
  return {
    toString: () => toText(sumTree(summands.map((summand) => ({ negative: summand.negative, tree: productText(summand) })))), // prettier-ignore
    toLatex: () => sumLatex(summands),
  };
}

const productText = ({ pieces }: Summand): NotationNode =>
  pieces.map(({ text }) => text).reduce((left, right) => binary("*", left, right));

function sumLatex(summands: readonly Summand[]): string {
  const first = Math.max(0, summands.findIndex((summand) => !summand.negative)); // prettier-ignore
  const ordered = [summands[first]!, ...summands.slice(0, first), ...summands.slice(first + 1)];
  return ordered
    .map(({ negative, pieces }, k) => {
      const body = pieces.map(({ latex }) => latex(pieces.length > 1)).join(" ");
      return k === 0 ? `${negative ? "-" : ""}${body}` : ` ${negative ? "-" : "+"} ${body}`;
    })
    .join("");
}

function readSummands(context: Context, node: TensorNode): readonly Summand[] | undefined {
  const terms = node.kind === "sum" ? node.terms : [{ coefficient: Q.one, node }];
  const summands = terms.map((term) => {
    const product = asProduct(term.node);
    return readTerm(context, Q.multiply(term.coefficient, product.coefficient), product);
  });
  return summands.includes(undefined) ? undefined : (summands as Summand[]);
}

function readTerm(
  context: Context,
  coefficient: Q.Rational,
  term: Pick<Product, "dims" | "factors">,
): Summand | undefined {
  const { pins, node } = context;
  const arranged = arrange(term, pins);
  if (arranged === undefined) return undefined;
  const { pattern, left, right } = arranged;
  const rows = [pins.i, pins.j].filter((pin) => pin !== undefined);
  const columns = [pins.k, pins.l].filter((pin) => pin !== undefined);
  if (Q.isZero(coefficient)) return { negative: false, pieces: [zeroPiece(node, rows, columns)] };
  const scalars = term.factors.filter((factor) => factor.indices.length === 0);
  const number = matrixOf(context, scalars, [], "scalar", Q.absolute(coefficient));
  const isOne = number?.kind === "number" && number.text === "1";
  let pieces: readonly (Piece | undefined)[];
  if (pattern === undefined) {
    pieces = [
      ...(rows.length === 0 ? [] : [stacked(context, left, rows, false)]),
      ...(columns.length === 0 ? [] : [stacked(context, right, columns, true)]),
    ];
  } else {
    const identity = isIdentity(arranged.first, pattern.first) && isIdentity(arranged.second, pattern.second);
    const scaled = left.length > 0 || right.length > 0;
    const bare = identity && (scaled || pattern.commuted);
    pieces = [
      ...(left.length === 0 ? [] : [diagonal(context, left, rows)]),
      ...(bare ? [] : [identity ? identityPiece(node, rows) : kroneckerPiece(context, pattern, arranged)]),
      ...(pattern.commuted ? [commutation(context.wrt.dims)] : []),
      ...(right.length === 0 ? [] : [diagonal(context, right, columns)]),
    ];
  }
  if (pieces.includes(undefined) || number === undefined) return undefined;
  const all = [
    ...(isOne && pieces.length > 0 ? [] : [plain(context, number)]),
    ...(pieces as readonly Piece[]),
  ];
  return { negative: Q.isNegative(coefficient), pieces: all };
}

/** Whether the factors are one δ between two indices. */
const isIdentity = (factors: readonly Factor[], pins: readonly number[]): boolean =>
  pins.length === 0 || (pins.length === 2 && factors.length === 1 && factors[0]!.node.kind === "delta");

/** Factors as a matrix, a vector or a scalar of these axes; axes that no factor has are constant. */
function matrixOf(
  { store, reader, node }: Context,
  factors: readonly Factor[],
  pins: readonly number[],
  form: Form,
  coefficient: Q.Rational = Q.one,
): NotationNode | undefined {
  const dims = pins.map((pin) => node.dims[pin]!);
  const tree = read(reader, einsum(store, coefficient, factors, pins, dims), form);
  return tree && writable(tree);
}

const plain = ({ isArray }: Context, tree: NotationNode): Piece => ({
  text: tree,
  latex: (inProduct) =>
    inProduct && bindingOf(tree) < 2 ? `\\left(${toLatex(tree, isArray)}\\right)` : toLatex(tree, isArray),
});

/** vec(F), or its transpose; a vector is its own. */
function stacked(
  context: Context,
  factors: readonly Factor[],
  pins: readonly number[],
  turned: boolean,
): Piece | undefined {
  const form = pins.length === 2 ? "matrix" : turned ? "row" : "column";
  const tree = matrixOf(context, factors, pins, form);
  if (tree === undefined) return undefined;
  if (pins.length < 2) return plain(context, tree);
  const vector = call("vec", tree);
  const latex = `\\operatorname{vec}\\left(${toLatex(tree, context.isArray)}\\right)`;
  return {
    text: turned ? transposeTree(vector, new Set()) : vector,
    latex: () => (turned ? `${latex}^{\\top}` : latex),
  };
}

function diagonal(context: Context, factors: readonly Factor[], pins: readonly number[]): Piece | undefined {
  const vector = stacked(context, factors, pins, false);
  return (
    vector && {
      text: call("diag", vector.text),
      latex: () => `\\operatorname{diag}\\left(${vector.latex(false)}\\right)`,
    }
  );
}

/** The product of some lengths of axes. */
function lengthProduct(lengths: readonly Dimension[]): NotationNode {
  const numbers = lengths.filter((length) => typeof length === "number");
  if (numbers.length === lengths.length)
    return lengthTree(numbers.reduce((product, length) => product * length, 1));
  return lengths.map(lengthTree).reduce((left, right) => binary("*", left, right));
}

/** The identity whose size is the number of entries of Y. */
function identityPiece(node: TensorNode, rows: readonly number[]): Piece {
  const length = lengthProduct(rows.map((pin) => node.dims[pin]!));
  return { text: call("eye", length), latex: () => `\\mathbf{I}_{${toLatex(length, () => false)}}` };
}

/** The matrix of zeros for a derivative that is 0. */
function zeroPiece(node: TensorNode, rows: readonly number[], columns: readonly number[]): Piece {
  const [height, width] = [rows, columns].map((pins) => lengthProduct(pins.map((pin) => node.dims[pin]!)));
  return { text: call("zeros", height!, width!), latex: () => "\\mathbf{0}" };
}

/** commutation(m, n)*vec(X) = vec(X') for an m×n matrix X. */
function commutation(dims: TensorNode["dims"]): Piece {
  const lengths = dims.map(lengthTree);
  return {
    text: call("commutation", ...lengths),
    latex: () => `\\mathbf{K}_{${lengths.map((length) => toLatex(length, () => false)).join(", ")}}`,
  };
}

function kroneckerPiece(
  context: Context,
  pattern: Pattern,
  { first, second }: { readonly first: readonly Factor[]; readonly second: readonly Factor[] },
): Piece | undefined {
  const side = (factors: readonly Factor[], pins: readonly number[]): NotationNode | undefined => {
    const isRow = pins.length === 1 && pins[0]! >= context.numeratorRank;
    return matrixOf(context, factors, pins, pins.length === 2 ? "matrix" : isRow ? "row" : "column");
  };
  if (pattern.first.length === 0) {
    const only = side(second, pattern.second);
    return only && plain(context, only);
  }
  const [a, b] = [side(first, pattern.first), side(second, pattern.second)];
  if (a === undefined || b === undefined) return undefined;
  const operand = (tree: NotationNode): string =>
    tree.kind === "binary"
      ? `\\left(${toLatex(tree, context.isArray)}\\right)`
      : toLatex(tree, context.isArray);
  const product = `${operand(a)} \\otimes ${operand(b)}`;
  return {
    text: call("kron", a, b),
    latex: (inProduct) => (inProduct ? `\\left(${product}\\right)` : product),
  };
}
