import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnColouring } from "../../src/sparse/colouring.ts";
import { patternOf, symmetric } from "../../src/sparse/pattern.ts";
import type { Pattern } from "../../src/sparse/pattern.ts";
import { starColouring } from "../../src/sparse/star.ts";
import { band } from "../support/patterns.ts";
import { runs } from "../support/runs.ts";

const symmetricPattern = (most: number): fc.Arbitrary<Pattern> =>
  fc
    .integer({ min: 1, max: most })
    .chain((n) =>
      fc
        .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 2 * n })
        .map((places) => symmetric(patternOf(n, n, places))),
    );

/** Every path of four different vertices. */
function* pathsOn4({ columnsOf }: Pattern): Generator<readonly number[]> {
  for (const [a, beside] of columnsOf.entries())
    for (const b of beside)
      for (const c of columnsOf[b]!)
        for (const d of columnsOf[c]!) if (new Set([a, b, c, d]).size === 4) yield [a, b, c, d];
}

describe("a star colouring", () => {
  test("has different colours at every edge and three on every path of four vertices", () => {
    fc.assert(
      fc.property(symmetricPattern(12), (pattern) => {
        const { colours, count, lowerBound } = starColouring(pattern);
        pattern.columnsOf.forEach((columns, row) => {
          for (const column of columns) if (column !== row) expect(colours[column]).not.toBe(colours[row]);
        });
        for (const path of pathsOn4(pattern))
          expect(new Set(path.map((vertex) => colours[vertex])).size).toBeGreaterThanOrEqual(3);
        expect(count).toBeGreaterThanOrEqual(lowerBound);
        expect(new Set(colours).size).toBe(count);
      }),
      { numRuns: runs(300) },
    );
  });

  test("lets every place be read directly, from one of its two columns", () => {
    fc.assert(
      fc.property(symmetricPattern(12), (pattern) => {
        const { colours } = starColouring(pattern);
        const isAlone = (row: number, column: number): boolean =>
          pattern.columnsOf[row]!.filter((other) => colours[other] === colours[column]).length === 1;
        pattern.columnsOf.forEach((columns, row) => {
          for (const column of columns) expect(isAlone(row, column) || isAlone(column, row)).toBe(true);
        });
      }),
      { numRuns: runs(300) },
    );
  });

  test.each([
    [1, 20, 3],
    [2, 31, 5],
  ])("a band of half width %i of %i columns needs %i colours", (width, n, colours) => {
    expect(starColouring(patternOf(n, n, band(n, width))).count).toBe(colours);
  });

  test("an arrow needs two colours, where columns alone need one each", () => {
    const n = 12;
    const arrow = symmetric(
      patternOf(
        n,
        n,
        Array.from({ length: n }, (_, i) => [0, i] as const),
      ),
    );
    expect(starColouring(arrow)).toMatchObject({ count: 2, lowerBound: 2 });
    expect(columnColouring(arrow).count).toBe(n);
  });

  test("a diagonal needs one, a triangle three", () => {
    expect(starColouring(symmetric(patternOf(5, 5, []))).count).toBe(1);
    expect(starColouring(symmetric(patternOf(3, 3, [[0, 1], [1, 2], [0, 2]]))).count).toBe(3); // prettier-ignore
  });
});
