import { notationError, type Span } from "@fluxion/core";
import { productOfDimensions } from "../ir/dimension.ts";
import type { Dimension } from "../ir/node.ts";

/** An index where it is read. */
export interface IndexUse {
  readonly name: string;
  readonly span: Span;
  /** Whether it is one of the two in delta[p,(i,j)]. */
  readonly isPaired?: boolean;
}

/** An index where it is introduced, with its length if that is written. */
export interface Binder extends IndexUse {
  readonly length: Dimension | undefined;
}

/** What stands in brackets, and where they end. */
export interface Bracket<T> {
  readonly items: readonly T[];
  readonly end: number;
}

const SPACE = /\s*/y;
const WORD = /[A-Za-z0-9_]+/y;
const INDEX = /^[A-Za-z_]/;

export function skipSpace(source: string, position: number): number {
  SPACE.lastIndex = position;
  return position + SPACE.exec(source)![0].length;
}

/** `[i,j:n]`: indices that are introduced, each once. */
export function readBinders(source: string, start: number): Bracket<Binder> {
  const { items, end } = readBracket(source, start);
  const paired = items.find(({ isPaired }) => isPaired);
  if (paired !== undefined)
    throw at(source, paired.span, "Indices are introduced one by one, without parentheses");
  const seen = new Set<string>();
  for (const { name, span } of items) {
    if (seen.has(name)) throw at(source, span, `The index ${name} stands here twice`);
    seen.add(name);
  }
  return { items, end };
}

/** `[i,j]` or `[p,(i,j)]`: indices that are read. */
export function readSubscripts(source: string, start: number): Bracket<IndexUse> {
  const { items, end } = readBracket(source, start);
  for (const { name, length, span } of items)
    if (length !== undefined)
      throw at(
        source,
        span,
        `The length of ${name} is written where the index is introduced, as in [${name}:${length}] or sum[${name}:${length}](…)`,
      );
  return { items, end };
}

function readBracket(source: string, start: number): Bracket<Binder> {
  const items: Binder[] = [];
  let position = skipSpace(source, start + 1);
  if (source[position] === "]") return { items, end: position + 1 };
  for (;;) {
    if (source[position] === "(") {
      const first = wordAt(source, skipSpace(source, position + 1));
      const comma = expect(source, skipSpace(source, first.span.end), ",");
      const second = wordAt(source, skipSpace(source, comma));
      position = skipSpace(source, expect(source, skipSpace(source, second.span.end), ")"));
      items.push(...[first, second].map((index) => ({ ...index, length: undefined, isPaired: true })));
      if (source[position] === "]") return { items, end: position + 1 };
      position = skipSpace(source, expect(source, position, ","));
      continue;
    }
    const index = wordAt(source, position);
    if (!INDEX.test(index.name))
      throw at(source, index.span, `An index is a name such as i, not a number; found "${index.name}"`);
    position = skipSpace(source, index.span.end);
    let length: Dimension | undefined;
    if (source[position] === ":") {
      const words = [wordAt(source, skipSpace(source, position + 1))];
      position = skipSpace(source, words[0]!.span.end);
      while (source[position] === "*") {
        words.push(wordAt(source, skipSpace(source, position + 1)));
        position = skipSpace(source, words.at(-1)!.span.end);
      }
      length = productOfDimensions(...words.map((word) => lengthOf(source, word)));
    }
    items.push({ ...index, length });
    if (source[position] === "]") return { items, end: position + 1 };
    if (source[position] !== ",")
      throw at(
        source,
        { start: position, end: position + 1 },
        `Expected "," or "]", found ${found(source, position)}`,
      );
    position = skipSpace(source, position + 1);
  }
}

function expect(source: string, position: number, character: string): number {
  if (source[position] === character) return position + 1;
  throw at(
    source,
    { start: position, end: position + 1 },
    `Expected "${character}", found ${found(source, position)}`,
  );
}

function lengthOf(source: string, { name, span }: IndexUse): Dimension {
  if (INDEX.test(name)) return name;
  if (/^[1-9]\d*$/.test(name) && Number.isSafeInteger(Number(name))) return Number(name);
  throw at(source, span, `A length is a whole number from 1, or the name of one; found "${name}"`);
}

function wordAt(source: string, position: number): IndexUse {
  WORD.lastIndex = position;
  const name = WORD.exec(source)?.[0];
  const span = { start: position, end: position + (name ?? " ").length };
  if (name === undefined) throw at(source, span, `Expected an index, found ${found(source, position)}`);
  return { name, span };
}

const found = (source: string, position: number): string =>
  position < source.length ? `"${source[position]}"` : "the end of the text";

const at = (source: string, span: Span, message: string): Error =>
  notationError("PARSE", `${message}.`, source, span);
