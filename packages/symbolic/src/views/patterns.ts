import type { Factor, Product } from "../ir/node.ts";
import { hangingParts } from "../ir/hanging.ts";

/** The axes of ∂Y_ij/∂X_kl by their places in the tensor; a vector has no second one, a scalar none. */
export interface Pins {
  readonly i: number | undefined;
  readonly j: number | undefined;
  readonly k: number | undefined;
  readonly l: number | undefined;
}

/** A Kronecker product of two matrices, by the indices of each. */
export interface Pattern {
  readonly first: readonly number[];
  readonly second: readonly number[];
  /** Whether the product acts on vec(X'). */
  readonly commuted: boolean;
}

/** The factors of a term by where they stand in diag(vec(F))·kron(first, second)·diag(vec(G)), or vec(F)·vec(G)'. */
export interface Arranged {
  readonly pattern: Pattern | undefined;
  readonly left: readonly Factor[];
  readonly right: readonly Factor[];
  readonly first: readonly Factor[];
  readonly second: readonly Factor[];
}

export const pinsOf = (numeratorRank: number, rank: number): Pins => ({
  i: numeratorRank > 0 ? 0 : undefined,
  j: numeratorRank > 1 ? 1 : undefined,
  k: rank > numeratorRank ? numeratorRank : undefined,
  l: rank > numeratorRank + 1 ? numeratorRank + 1 : undefined,
});

const list = (...pins: readonly (number | undefined)[]): readonly number[] =>
  pins.filter((pin) => pin !== undefined);

/** vec is column by column, so rows are numbered (j, i) and columns (l, k): the first matrix has j and l. */
function patternsFor({ i, j, k, l }: Pins): readonly Pattern[] {
  const straight = { first: list(j, l), second: list(i, k), commuted: false };
  const crossed = { first: list(j, k), second: list(i, l), commuted: true };
  if (j !== undefined && l !== undefined) return [straight, crossed];
  if (j !== undefined) return [straight, { ...crossed, commuted: false }];
  if (l !== undefined) return [straight, { first: list(i, l), second: list(k), commuted: false }];
  return [straight];
}

/** A part of a product that is joined to the rest by axes of the result only, and which axes these are. */
interface Part {
  readonly factors: readonly Factor[];
  readonly pins: readonly number[];
}

const partsOf = ({ dims, factors }: Pick<Product, "dims" | "factors">): readonly Part[] =>
  hangingParts(
    factors.filter((factor) => factor.indices.length > 0),
    dims.length,
  ).map((part) => ({ factors: part.factors, pins: [...part.touches].sort((a, b) => a - b) }));

/** The factors of a term in the order of a product of matrices; undefined where no such product is. */
export function arrange(term: Pick<Product, "dims" | "factors">, pins: Pins): Arranged | undefined {
  const parts = partsOf(term);
  const [rows, columns] = [list(pins.i, pins.j), list(pins.k, pins.l)];
  const within = (part: Part, group: readonly number[]): boolean =>
    part.pins.every((pin) => group.includes(pin));
  if (parts.every((part) => within(part, rows) || within(part, columns))) {
    const of = (group: readonly number[]): readonly Factor[] =>
      parts.filter((part) => within(part, group)).flatMap((part) => part.factors);
    return { pattern: undefined, left: of(rows), right: of(columns), first: [], second: [] };
  }
  for (const pattern of patternsFor(pins)) {
    const arranged = arrangeBy(parts, pattern, rows, columns);
    if (arranged !== undefined) return arranged;
  }
  return undefined;
}

function arrangeBy(
  parts: readonly Part[],
  pattern: Pattern,
  rows: readonly number[],
  columns: readonly number[],
): Arranged | undefined {
  const places = {
    left: [] as Factor[],
    right: [] as Factor[],
    first: [] as Factor[],
    second: [] as Factor[],
  };
  const placeOf = (pins: readonly number[]): keyof typeof places | undefined => {
    const inside = (group: readonly number[]): boolean => pins.every((pin) => group.includes(pin));
    if (inside(pattern.first)) return "first";
    if (inside(pattern.second)) return "second";
    return inside(rows) ? "left" : inside(columns) ? "right" : undefined;
  };
  const deltas = parts.flatMap(({ factors }) => factors.filter((factor) => factor.node.kind === "delta"));
  for (const part of parts) {
    const direct = placeOf(part.pins);
    const moved = direct === undefined ? moveAlong(part, deltas, placeOf) : part;
    const place = moved && placeOf(moved.pins);
    if (moved === undefined || place === undefined) return undefined;
    places[place].push(...moved.factors);
  }
  return { pattern, ...places };
}

/** A part read at another index that a δ makes equal, so that it stands at the rows or at the columns alone. */
function moveAlong(
  part: Part,
  deltas: readonly Factor[],
  placeOf: (pins: readonly number[]) => string | undefined,
): Part | undefined {
  const exchanges = deltas.flatMap(({ indices: [a, b] }) => [
    { from: a!, to: b! },
    { from: b!, to: a! },
  ]);
  for (const { from, to } of exchanges) {
    if (!part.pins.includes(from) || placeOf([from, to]) === undefined) continue;
    const rename = (index: number): number => (index === from ? to : index);
    const pins = [...new Set(part.pins.map(rename))];
    const factors = part.factors.map((factor) => ({ ...factor, indices: factor.indices.map(rename) }));
    if (placeOf(pins) !== undefined && !part.factors.some((factor) => factor.node.kind === "delta"))
      return { factors, pins };
  }
  return undefined;
}
