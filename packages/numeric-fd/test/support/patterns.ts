import fc from "fast-check";
import { patternOf } from "../../src/sparse/pattern.ts";
import type { Pattern } from "../../src/sparse/pattern.ts";

export type Places = readonly (readonly [row: number, column: number])[];

/** Random places of a matrix of at most `most` rows and columns, from empty to full. */
export function sparseMatrix(
  most: number,
): fc.Arbitrary<{ rows: number; columns: number; places: Places; pattern: Pattern }> {
  return fc
    .tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most }))
    .chain(([rows, columns]) =>
      fc
        .array(fc.tuple(fc.nat(rows - 1), fc.nat(columns - 1)), { maxLength: rows * columns })
        .map((places) => ({ rows, columns, places, pattern: patternOf(rows, columns, places) })),
    );
}

/** The places of an n×n matrix at most `width` from the diagonal. */
export function band(n: number, width: number): [number, number][] {
  const all = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j): [number, number] => [i, j]),
  );
  return all.flat().filter(([i, j]) => Math.abs(i - j) <= width);
}

/** Numbers that are different at every place, and simple. */
export function coefficient(row: number, column: number): number {
  return 1 + ((7 * row + 13 * column) % 11) / 8 + (row === column ? 2 : 0);
}
