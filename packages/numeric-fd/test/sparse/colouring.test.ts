import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnColouring, intersectionGraph } from "../../src/sparse/colouring.ts";
import { vertexOrders } from "../../src/sparse/orders.ts";
import { patternOf } from "../../src/sparse/pattern.ts";
import { band, sparseMatrix } from "../support/patterns.ts";
import { runs } from "../support/runs.ts";

describe("a colouring of columns", () => {
  test("gives columns that share a row different colours, and no fewer than a row has places", () => {
    fc.assert(
      fc.property(sparseMatrix(12), ({ columns, pattern }) => {
        const { colours, count, lowerBound } = columnColouring(pattern);
        expect(colours).toHaveLength(columns);
        for (const list of pattern.columnsOf)
          expect(new Set(list.map((column) => colours[column])).size).toBe(list.length);
        expect(new Set(colours).size).toBe(count);
        expect(count).toBeGreaterThanOrEqual(lowerBound);
        expect(Math.max(...colours)).toBe(count - 1);
      }),
      { numRuns: runs(300) },
    );
  });

  test.each([
    [1, 20],
    [2, 31],
    [3, 50],
  ])("a band of half width %i needs 2·width + 1 colours", (width, n) => {
    const { count, lowerBound } = columnColouring(patternOf(n, n, band(n, width)));
    expect(count).toBe(2 * width + 1);
    expect(lowerBound).toBe(count);
  });

  test("some order is better than the natural one where that is bad", () => {
    // Column 2i and 2i+1 share no row, all other pairs on different sides do: the natural order alternates sides.
    const n = 8;
    const pairs = Array.from({ length: n * n }, (_, k) => [Math.floor(k / n), k % n] as const);
    const apart = pairs.filter(([i, j]) => i % 2 === 0 && j % 2 === 1 && i + 1 !== j);
    const places = apart.flatMap(([i, j], row) => [[row, i] as const, [row, j] as const]);
    expect(columnColouring(patternOf(apart.length, n, places)).count).toBeLessThan(4);
  });

  test("no columns, no rows, nothing in them", () => {
    expect(columnColouring(patternOf(3, 0, [])).count).toBe(0);
    expect(columnColouring(patternOf(0, 3, [])).count).toBe(1);
    expect(columnColouring(patternOf(2, 3, []))).toMatchObject({
      colours: [0, 0, 0],
      count: 1,
      lowerBound: 0,
    });
  });
});

describe("orders of vertices", () => {
  test("each has every vertex once", () => {
    fc.assert(
      fc.property(sparseMatrix(10), ({ columns, pattern }) => {
        for (const order of vertexOrders(intersectionGraph(pattern)).values())
          expect(order.toSorted((a, b) => a - b)).toEqual([...Array(columns).keys()]);
      }),
      { numRuns: runs(100) },
    );
  });

  test("each takes what its name says", () => {
    fc.assert(
      fc.property(sparseMatrix(10), ({ pattern }) => {
        const graph = intersectionGraph(pattern);
        const orders = vertexOrders(graph);
        const among = (vertex: number, others: readonly number[]): number =>
          graph[vertex]!.filter((neighbour) => others.includes(neighbour)).length;
        const largest = orders.get("largest first")!.map((vertex) => graph[vertex]!.length);
        expect(largest).toEqual(largest.toSorted((a, b) => b - a));
        for (const [name, sign] of [
          ["dynamic largest first", 1],
          ["incidence degree", 1],
          ["smallest last", -1],
        ] as const) {
          const given = orders.get(name)!;
          const order = name === "smallest last" ? given.toReversed() : given;
          order.forEach((vertex, k) => {
            const [taken, left] = [order.slice(0, k), order.slice(k)];
            const key = (v: number): number => sign * among(v, name === "incidence degree" ? taken : left);
            for (const other of left) expect(key(vertex)).toBeGreaterThanOrEqual(key(other));
          });
        }
      }),
      { numRuns: runs(100) },
    );
  });
});
