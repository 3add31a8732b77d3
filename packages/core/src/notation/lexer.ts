import { FluxionError } from "../errors.ts";
import { found } from "../tensor/found.ts";
import type { BinaryOperator, Span } from "./ast.ts";
import { notationError } from "./excerpt.ts";

/** A word of the notation. */
export type Token =
  | { readonly kind: "number" | "name"; readonly text: string; readonly span: Span }
  | { readonly kind: "placeholder"; readonly index: number; readonly text: string; readonly span: Span }
  | { readonly kind: "operator"; readonly text: BinaryOperator; readonly span: Span }
  | { readonly kind: "'" | "(" | ")" | ","; readonly text: string; readonly span: Span }
  | { readonly kind: "end"; readonly text: string; readonly span: Span };

/** Where placeholders stand in a source text: offset of each → its index and length. */
export type Placeholders = ReadonlyMap<number, { readonly index: number; readonly length: number }>;

const SPACE = /[ \t\r\n]+/y;
// A point belongs to the number unless it begins `.*`, `./` or `.^`.
const NUMBER = /(?:\d+(?:\.(?![*/^])\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const OPERATOR = /\.[*/^]|[-+*/^]/y;
const PUNCTUATION = /['(),]/y;

/** What to write instead of what other languages use. */
const ADVICE: Readonly<Record<string, string>> = {
  "\\": "there is no left division; write inv(A)*b",
  "**": "a power is written ^",
  "[": "there are no array literals; name the array and pass its value",
  "{": "group with ( and )",
  "=": "there is no assignment and no ==; write equal(a, b)",
  "<": "write less(a, b) or lessEqual(a, b)",
  ">": "write greater(a, b) or greaterEqual(a, b)",
  "~": "write notEqual(a, b)",
  "!": "write notEqual(a, b)",
  "|": "write abs(x), norm2(x) or det(A)",
  "²": "write ^2",
  ᵀ: "a transpose is written '",
  "’": "a transpose is written with the plain quote '",
  "·": "a product is written * or .*",
  "×": "a product is written * or .*",
  "−": "minus is written with the plain hyphen -",
  ";": "one expression at a time",
  ".": "elementwise operators are .* ./ and .^, numbers are like 0.5",
};

/** Splits a source text, or the part of it in `range`, into tokens; the last one has kind `end`. */
export function tokenize(
  source: string,
  placeholders: Placeholders = new Map(),
  range?: Span,
): readonly Token[] {
  if (typeof source !== "string")
    throw new FluxionError("ARGUMENT", `parseNotation reads text, such as "x'*x"; found ${found(source)}.`);
  if (!(placeholders instanceof Map))
    throw new FluxionError(
      "ARGUMENT",
      `parseNotation: the placeholders are a Map from offsets to { index, length }; found ${found(placeholders)}.`,
    );
  const end = Math.min(range?.end ?? source.length, source.length);
  const text = source.slice(0, end);
  const tokens: Token[] = [];
  let position = range?.start ?? 0;

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    return pattern.exec(text)?.[0];
  };

  while (position < end) {
    const placeholder = placeholders.get(position);
    if (placeholder !== undefined) {
      const span = { start: position, end: position + placeholder.length };
      tokens.push({
        kind: "placeholder",
        index: placeholder.index,
        text: source.slice(span.start, span.end),
        span,
      });
      position = span.end;
      continue;
    }
    const space = match(SPACE);
    if (space !== undefined) {
      position += space.length;
      continue;
    }
    const token = readToken(match, position);
    if (token === undefined) {
      const character = String.fromCodePoint(source.codePointAt(position)!);
      const advice = ADVICE[character];
      throw notationError(
        "PARSE",
        `"${character}" is not part of the notation${advice === undefined ? "" : `: ${advice}`}.`,
        source,
        { start: position, end: position + character.length },
      );
    }
    if (source.startsWith("**", position)) {
      throw notationError("PARSE", `"**" is not part of the notation: ${ADVICE["**"]}.`, source, token.span);
    }
    tokens.push(token);
    position = token.span.end;
  }
  tokens.push({ kind: "end", text: source.slice(end, end + 1), span: { start: end, end } });
  return tokens;
}

function readToken(match: (pattern: RegExp) => string | undefined, start: number): Token | undefined {
  const at = (text: string): Span => ({ start, end: start + text.length });
  const number = match(NUMBER);
  if (number !== undefined) return { kind: "number", text: number, span: at(number) };
  const name = match(NAME);
  if (name !== undefined) return { kind: "name", text: name, span: at(name) };
  const operator = match(OPERATOR);
  if (operator !== undefined)
    return { kind: "operator", text: operator as BinaryOperator, span: at(operator) };
  const mark = match(PUNCTUATION);
  if (mark !== undefined) return { kind: mark as "'" | "(" | ")" | ",", text: mark, span: at(mark) };
  return undefined;
}
