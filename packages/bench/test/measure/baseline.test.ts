import { expect, test } from "vitest";
import { findRegressions } from "../../src/measure/baseline.ts";
import type { BenchmarkResult, Cell } from "../../src/measure/results.ts";
import { benchmark } from "../report/example.ts";

/** The example with one cell of its first workload changed. */
function changed(contender: string, size: number, change: Partial<Cell>): BenchmarkResult {
  const [first, ...others] = benchmark.workloads;
  const cells = first!.cells.map((cell) =>
    cell.contender === contender && cell.size === size ? { ...cell, ...change } : cell,
  );
  return { ...benchmark, workloads: [{ ...first!, cells }, ...others] };
}

test("a run does not regress against itself", () => {
  expect(findRegressions(benchmark, benchmark)).toEqual([]);
});

test("a ratio that doubles is a regression, one that grows by a tenth is not", () => {
  expect(findRegressions(benchmark, changed("reverse-tape", 10, { perByHand: 12.1 }))).toEqual([
    { workload: "least-squares", contender: "reverse-tape", size: 10, before: 6, after: 12.1 },
  ]);
  expect(findRegressions(benchmark, changed("reverse-tape", 10, { perByHand: 6.6 }))).toEqual([]);
});

test("a wide spread excuses more", () => {
  const derivative = { milliseconds: 0.006, spread: 2, rounds: 3 };
  expect(findRegressions(benchmark, changed("reverse-tape", 10, { perByHand: 12.1, derivative }))).toEqual(
    [],
  );
});

test("a row that was measured and now is wrong is a regression", () => {
  const [first, ...others] = benchmark.workloads;
  const cells = first!.cells.map((cell): Cell =>
    cell.contender === "forward-dual" && cell.size === 100
      ? { contender: cell.contender, size: 100, status: "wrong" }
      : cell,
  );
  const now = { ...benchmark, workloads: [{ ...first!, cells }, ...others] };
  expect(findRegressions(benchmark, now)).toMatchObject([
    { contender: "forward-dual", size: 100, after: Infinity },
  ]);
});

test("sizes and workloads that were left out this time are not held against the run", () => {
  const [first] = benchmark.workloads;
  const fewer = { ...first!, sizes: first!.sizes.slice(0, 1), cells: first!.cells.slice(0, 3) };
  expect(findRegressions(benchmark, { ...benchmark, workloads: [fewer] })).toEqual([]);
});
