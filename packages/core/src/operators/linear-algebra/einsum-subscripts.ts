import { FluxionError } from "../../errors.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";

/** The letters of every operand's axes and of the result's. */
export interface Subscripts {
  readonly operands: readonly string[];
  readonly output: string;
}

const ELLIPSIS = "...";
const ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Splits subscripts that are known to be explicit and well-formed: "ij,jk->ik". */
export function readSubscripts(text: string): Subscripts {
  const [left, output] = text.split("->");
  return { operands: left!.split(","), output: output ?? "" };
}

export function writeSubscripts({ operands, output }: Subscripts): string {
  return `${operands.join(",")}->${output}`;
}

/** Letters that a text doesn't use: of the alphabet while they last, then any. */
export function freshLetters(used: string, count: number): string {
  let fresh = Array.from(ALPHABET)
    .filter((letter) => !used.includes(letter))
    .slice(0, count)
    .join("");
  for (let code = 0x100; fresh.length < count; code++) {
    const letter = String.fromCharCode(code);
    if (!used.includes(letter)) fresh += letter;
  }
  return fresh;
}

/** How often a letter occurs. */
export function occurrences(text: string, letter: string): number {
  return text.split(letter).length - 1;
}

/**
 * Reads what users write: blanks anywhere, "..." for axes that broadcast, the result's letters after "->" or, without
 * an arrow, those that occur once, in alphabetical order. The ellipses become letters of their own, returned as well.
 * Throws `PARSE`, and `SHAPE_MISMATCH` where the letters don't fit the ranks.
 */
export function parseSubscripts(
  text: string,
  shapes: readonly Shape[],
): Subscripts & { readonly ellipsis: string } {
  const compact = text.replace(/\s+/g, "");
  const [left = "", right, ...rest] = compact.split("->");
  const terms = left.split(",");
  for (const term of right === undefined ? terms : [...terms, right]) checkTerm(text, term);
  if (rest.length > 0) throw malformed(text, 'it has more than one "->"');
  if (terms.length !== shapes.length)
    throw malformed(
      text,
      `it describes ${terms.length} operand${terms.length === 1 ? "" : "s"} and ${shapes.length} were given`,
    );

  const hidden = terms.map((term, i) => hiddenAxes(text, term, shapes[i]!));
  const ellipsis = freshLetters(compact, Math.max(0, ...hidden));
  const operands = terms.map((term, i) =>
    term.replace(ELLIPSIS, ellipsis.slice(ellipsis.length - hidden[i]!)),
  );
  if (right === undefined) return { operands, output: ellipsis + implicitOutput(left), ellipsis };
  if (ellipsis !== "" && !right.includes(ELLIPSIS))
    throw malformed(text, 'operands have "..." and the result has none; sum() over those axes instead');
  for (const letter of right.replace(ELLIPSIS, "")) {
    if (!left.includes(letter))
      throw malformed(text, `the result's letter "${letter}" belongs to no operand; broadcastTo() adds axes`);
    if (occurrences(right, letter) > 1)
      throw malformed(text, `the result has "${letter}" twice; diagonalMatrix() places a diagonal`);
  }
  return { operands, output: right.replace(ELLIPSIS, ellipsis), ellipsis };
}

/** The letters that occur once, sorted. */
function implicitOutput(left: string): string {
  return Array.from(left)
    .filter((letter) => /\p{L}/u.test(letter) && occurrences(left, letter) === 1)
    .sort()
    .join("");
}

/** The number of axes that "..." stands for. */
function hiddenAxes(text: string, term: string, shape: Shape): number {
  const named = term.replace(ELLIPSIS, "").length;
  const fits = term.includes(ELLIPSIS) ? named <= shape.length : named === shape.length;
  if (!fits)
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `einsum("${text}"): "${term}" names ${named} axes and the operand has the shape ${formatShape(shape)} of rank ${shape.length}. ` +
        "Give every axis a letter, or write ... for those in front.",
    );
  return shape.length - named;
}

function checkTerm(text: string, term: string): void {
  const strange = /[^\p{L}]|[\u{10000}-\u{10FFFF}]/u.exec(term.replace(ELLIPSIS, ""));
  if (strange !== null) throw malformed(text, `"${strange[0]}" in "${term}" is not a letter`);
}

function malformed(text: string, why: string): FluxionError {
  return new FluxionError(
    "PARSE",
    `einsum("${text}"): ${why}. Write one letter for each axis, as in "ij,jk->ik".`,
  );
}

/** The length that every letter stands for. Throws `SHAPE_MISMATCH` when two axes of a letter differ. */
export function lengthsOf(
  { operands, output }: Subscripts,
  shapes: readonly Shape[],
): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  operands.forEach((letters, i) => {
    Array.from(letters).forEach((letter, axis) => {
      const length = shapes[i]![axis]!;
      const known = lengths.get(letter) ?? length;
      if (length !== known)
        throw new FluxionError(
          "SHAPE_MISMATCH",
          `einsum("${writeSubscripts({ operands, output })}"): the letter "${letter}" stands for the lengths ${known} and ${length} ` +
            `(shapes ${shapes.map(formatShape).join(", ")}). Axes of one letter must have the same length.`,
        );
      lengths.set(letter, length);
    });
  });
  return lengths;
}
