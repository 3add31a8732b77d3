import { notationError, parseNotation, type NotationNode, type Span } from "@fluxion/core";
import { readBinders, readSubscripts, skipSpace, type Binder, type IndexUse } from "./brackets.ts";

/** A formula with indices: `[i,j] sum[k](A[i,k]*B[k,j])`. */
export interface IndexedFormula {
  readonly indices: readonly Binder[];
  readonly body: IndexedBody;
}

/** Arithmetic and elementwise functions in core's notation; its placeholders are the atoms. */
export interface IndexedBody {
  readonly tree: NotationNode;
  readonly atoms: readonly Atom[];
}

/** What core's notation does not have. */
export type Atom =
  /** `A[i,k]`, and `delta[i,k]` */
  | {
      readonly kind: "entry";
      readonly name: string;
      readonly nameSpan: Span;
      readonly indices: readonly IndexUse[];
    }
  /** `inv(X)[i,k]`, `(A*B)[i,j]`: matrix notation read at indices. */
  | {
      readonly kind: "matrix";
      readonly tree: NotationNode;
      readonly indices: readonly IndexUse[];
      readonly span: Span;
    }
  /** `inv([p,q] T[p,q,r]*x[r])[i,k]`: a function of a whole array that is written with indices. */
  | {
      readonly kind: "whole";
      readonly name: string;
      readonly nameSpan: Span;
      readonly operand: IndexedFormula;
      readonly indices: readonly IndexUse[];
      readonly span: Span;
    }
  /** `sum[k](…)` */
  | {
      readonly kind: "sum";
      readonly indices: readonly Binder[];
      readonly body: IndexedBody;
      readonly span: Span;
    };

/** Deepest nesting of sums and of whole arrays with indices. */
const DEPTH_LIMIT = 64;

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;

/** Whether a text is in index notation: it begins with the indices of its result. */
export const isIndexed = (text: string): boolean => /^\s*\[/.test(text);

/**
 * Reads index notation.
 *
 *     formula = "[" indices "]" body            the indices of the result, in order
 *     indices = (index [":" length] {"," …})    the length where no array has the index: [i:n,j] delta[i,j]
 *     body    = core's notation without ' .* ./ .^, whose operands may also be
 *               name "[" index {"," index} "]"             an entry of an array, or delta[i,j]
 *               "sum" "[" indices "]" "(" body ")"         a sum over indices
 *               matrix "[" index {"," index} "]"           an entry of inv(X), or of (A*B)
 *               name "(" formula ")" ["[" … "]"]           a function of a whole array that needs indices
 *
 * Elementwise functions take bodies; functions of whole arrays, such as `det(A*B)`, take matrix notation. In a product,
 * an index that occurs in two factors and is bound nowhere is summed over. Errors have code `PARSE`.
 */
export function readIndexed(source: string): IndexedFormula {
  const closing = matchParentheses(source);
  return formula(source, closing, { start: 0, end: source.length }, 0);
}

/** The offset of the `)` for each `(`; what is not closed is left to core's parser. */
function matchParentheses(source: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (let position = 0; position < source.length; position++) {
    if (source[position] === "(") open.push(position);
    else if (source[position] === ")" && open.length > 0) pairs.set(open.pop()!, position);
  }
  return pairs;
}

type Closing = ReadonlyMap<number, number>;

function formula(source: string, closing: Closing, range: Span, depth: number): IndexedFormula {
  const { items: indices, end } = readBinders(source, skipSpace(source, range.start));
  return { indices, body: body(source, closing, { start: end, end: range.end }, depth) };
}

function body(source: string, closing: Closing, range: Span, depth: number): IndexedBody {
  if (depth > DEPTH_LIMIT)
    throw notationError("PARSE", `Sums are nested more than ${DEPTH_LIMIT} deep; split the formula up.`, source, range); // prettier-ignore
  const atoms: Atom[] = [];
  const placeholders = new Map<number, { readonly index: number; readonly length: number }>();
  let position = range.start;
  while (position < range.end) {
    const found = atomAt(source, closing, position, depth);
    if (found === undefined) {
      position = afterWord(source, position);
      continue;
    }
    placeholders.set(position, { index: atoms.length, length: found.end - position });
    atoms.push(found.atom);
    position = found.end;
  }
  return { tree: parseNotation(source, placeholders, range), atoms };
}

/** Past a number, a name or a single character. */
function afterWord(source: string, position: number): number {
  return position + (matchAt(NUMBER, source, position) ?? matchAt(NAME, source, position) ?? " ").length;
}

function matchAt(pattern: RegExp, source: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(source)?.[0];
}

/** The atom that begins here, and where it ends. */
function atomAt(
  source: string,
  closing: Closing,
  start: number,
  depth: number,
): { readonly atom: Atom; readonly end: number } | undefined {
  const name = matchAt(NAME, source, start) ?? "";
  const nameSpan = { start, end: start + name.length };
  const next = skipSpace(source, nameSpan.end);
  if (source[next] === "[" && name !== "") {
    const isSum = name === "sum" && opensAfterBracket(source, next);
    return isSum ? sumAt(source, closing, start, next, depth) : entryAt(source, name, nameSpan, next);
  }
  const close = source[next] === "(" ? closing.get(next) : undefined;
  if (close === undefined) return undefined;
  const inner = skipSpace(source, next + 1);
  const bracket = skipSpace(source, close + 1);
  const subscripts = source[bracket] === "[" ? readSubscripts(source, bracket) : undefined;
  const span = { start, end: subscripts?.end ?? close + 1 };
  const indices = subscripts?.items ?? [];
  if (name !== "" && source[inner] === "[") {
    const operand = formula(source, closing, { start: inner, end: close }, depth + 1);
    return { atom: { kind: "whole", name, nameSpan, operand, indices, span }, end: span.end };
  }
  if (subscripts === undefined) return undefined;
  const tree = parseNotation(source, undefined, { start, end: close + 1 });
  return { atom: { kind: "matrix", tree, indices, span }, end: span.end };
}

/** Whether a parenthesis follows the bracket that opens at `start`. */
function opensAfterBracket(source: string, start: number): boolean {
  const end = source.indexOf("]", start);
  return end >= 0 && source[skipSpace(source, end + 1)] === "(";
}

function entryAt(
  source: string,
  name: string,
  nameSpan: Span,
  bracket: number,
): { readonly atom: Atom; readonly end: number } {
  const { items: indices, end } = readSubscripts(source, bracket);
  return { atom: { kind: "entry", name, nameSpan, indices }, end };
}

function sumAt(
  source: string,
  closing: Closing,
  start: number,
  bracket: number,
  depth: number,
): { readonly atom: Atom; readonly end: number } {
  const { items: indices, end } = readBinders(source, bracket);
  const open = skipSpace(source, end);
  const close = closing.get(open);
  if (close === undefined)
    throw notationError("PARSE", 'This "(" is never closed.', source, { start: open, end: open + 1 });
  const inner = body(source, closing, { start: open + 1, end: close }, depth + 1);
  return {
    atom: { kind: "sum", indices, body: inner, span: { start, end: close + 1 } },
    end: close + 1,
  };
}
