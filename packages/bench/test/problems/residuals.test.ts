import { FluxionError, tensor } from "@fluxion/core";
import { describe, expect, test } from "vitest";
import { moreGarbowHillstrom, sumOfSquares, testProblem } from "@fluxion/bench";
import type { LeastSquaresProblem, ProblemSize } from "@fluxion/bench";
import { byHand } from "./by-hand.ts";
import { minimise } from "./minimise.ts";

const otherSizes: readonly (readonly [string, ProblemSize])[] = [
  ["Jennrich and Sampson", { m: 2 }],
  ["Gulf research and development", { m: 100 }],
  ["Box three-dimensional", { m: 25 }],
  ["Brown and Dennis", { m: 4 }],
  ["Biggs EXP6", { m: 8 }],
  ["Watson", { n: 12 }],
  ["Watson", { n: 2 }],
  ["Extended Rosenbrock", { n: 2 }],
  ["Extended Powell singular", { n: 4 }],
  ["Penalty I", { n: 1 }],
  ["Penalty II", { n: 4 }],
  ["Variably dimensioned", { n: 3 }],
  ["Trigonometric", { n: 1 }],
  ["Brown almost-linear", { n: 1 }],
  ["Discrete boundary value", { n: 1 }],
  ["Discrete integral equation", { n: 1 }],
  ["Broyden tridiagonal", { n: 2 }],
  ["Broyden banded", { n: 20 }],
  ["Linear, full rank", { n: 5, m: 5 }],
  ["Linear, rank 1", { n: 2, m: 50 }],
  ["Linear, rank 1 with zero columns and rows", { n: 3, m: 3 }],
  ["Chebyquad", { n: 4, m: 9 }],
];

const problems: readonly LeastSquaresProblem[] = [
  ...moreGarbowHillstrom.map(({ problem }) => problem()),
  ...otherSizes.map(([name, size]) => testProblem(name, size)),
];

const named = (list: readonly LeastSquaresProblem[]): (readonly [string, LeastSquaresProblem])[] =>
  list.map((each) => [`${each.number}. ${each.name}, n = ${each.n}, m = ${each.m}`, each]);

test("they are numbered as in the paper", () => {
  expect(moreGarbowHillstrom.map(({ number }) => number)).toEqual(
    Array.from({ length: 35 }, (_, i) => i + 1),
  );
});

test.each(named(problems))("%s: the residuals are those of loops over numbers", (_, problem) => {
  const { number, n, m, start, residuals } = problem;
  for (const shift of [0, 0.01, -0.03]) {
    const x = [...start.data].map((xi, i) => xi + shift * (1 + (i % 4)));
    const here = residuals(tensor(x));
    const there = byHand(number)(x, m);
    expect(here.shape).toEqual([m]);
    expect(there).toHaveLength(m);
    const size = Math.max(1, ...there.map(Math.abs));
    there.forEach((value, i) =>
      expect(Math.abs(here.data[i]! - value)).toBeLessThanOrEqual(1e-14 * n * size),
    );
  }
});

test("problem 7 turns at x₁ = 0, and problem 11 looks at both sides of its data", () => {
  const helical = testProblem("Helical valley");
  for (const x of [[1, 1, 0], [1, -1, 0], [-1, 1, 0], [-1, -1, 0.5]]) {
    const here = helical.residuals(tensor(x));
    byHand(7)(x, 3).forEach((value, i) => expect(here.data[i]).toBeCloseTo(value, 12));
  } // prettier-ignore
  const gulf = testProblem("Gulf research and development", { m: 60 });
  const inside = [50, 40, 1.5];
  const here = gulf.residuals(tensor(inside));
  byHand(11)(inside, 60).forEach((value, i) => expect(here.data[i]).toBeCloseTo(value, 12));
});

/** ‖r‖ at the standard start, as the test programs of MINPACK print it to eight digits. */
const initialNorms: readonly (readonly [string, ProblemSize, number])[] = [
  ["Rosenbrock", {}, 4.9193496],
  ["Freudenstein and Roth", {}, 2.0012496e1],
  ["Powell badly scaled", {}, 1.0654866],
  ["Jennrich and Sampson", {}, 6.458565e1],
  ["Helical valley", {}, 5e1],
  ["Bard", {}, 6.4561363],
  ["Meyer", {}, 4.1153467e4],
  ["Box three-dimensional", {}, 3.2111584e1],
  ["Powell singular", {}, 1.4662878e1],
  ["Kowalik and Osborne", {}, 7.289151e-2],
  ["Brown and Dennis", {}, 2.8154384e3],
  ["Watson", {}, 5.4772256],
  ["Trigonometric", {}, 8.4117534e-2],
  ["Brown almost-linear", {}, 1.6530216e1],
  ["Brown almost-linear", { n: 30 }, 8.3476044e1],
  ["Discrete boundary value", {}, 2.8080582e-2],
  ["Discrete integral equation", {}, 2.5182701e-1],
  ["Broyden tridiagonal", {}, 4.5825757],
  ["Broyden banded", {}, 1.8973666e1],
  ["Linear, full rank", {}, 5],
  ["Linear, full rank", { m: 50 }, 8.0622577],
  ["Linear, rank 1", {}, 2.9152187e2],
  ["Linear, rank 1 with zero columns and rows", {}, 1.2603968e2],
  ["Chebyquad", { n: 5 }, 2.2570657e-1],
  ["Chebyquad", { n: 8 }, 1.9651386e-1],
  ["Chebyquad", { n: 9 }, 1.6994993e-1],
];

test.each(initialNorms)("%s %o starts at the norm that MINPACK prints", (name, size, norm) => {
  const problem = testProblem(name, size);
  const here = Math.sqrt(sumOfSquares(problem)(problem.start).item());
  expect(Math.abs(here - norm)).toBeLessThanOrEqual(1e-7 * norm);
});

describe("minima", () => {
  const closed = problems.filter(({ minimizer }) => minimizer !== null);
  test.each(named(closed))("%s: the least one is where it is said to be", (_, problem) => {
    const least = sumOfSquares(problem)(problem.minimizer!).item();
    expect(Math.abs(least - problem.minima[0]!)).toBeLessThanOrEqual(1e-12 * Math.max(1, problem.minima[0]!));
  });

  const printed = [
    ...problems.filter(({ minima }) => minima.length > 0),
    testProblem("Watson", { n: 9 }),
    testProblem("Penalty I", { n: 4 }),
    testProblem("Chebyquad", { n: 9 }),
    testProblem("Chebyquad", { n: 10 }),
  ];
  test.each(named(printed))("%s: a minimiser ends at one that the paper prints", (_, problem) => {
    const { least } = minimise(problem, problem.start);
    // The paper cuts off after six digits.
    const known = problem.minima.some((minimum) => Math.abs(least - minimum) <= 1.5e-5 * minimum + 1e-20);
    expect(known, `${least} is none of ${problem.minima.join(", ")}`).toBe(true);
  });
});

test("sizes that a problem does not have are refused", () => {
  const messageOf = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      if (error instanceof FluxionError) return `${error.code}: ${error.message}`;
      throw error;
    }
    return "nothing";
  };
  expect(messageOf(() => testProblem("Rosenbrock", { n: 4 }))).toBe(
    "ARGUMENT: Rosenbrock: n is 2 and m is 2; found n = 4, m = 2.",
  );
  expect(messageOf(() => testProblem("Gulf research and development", { m: 101 }))).toMatch(/at most 100/);
  expect(messageOf(() => testProblem("Extended Powell singular", { n: 6 }))).toMatch(/multiple of 4/);
  expect(messageOf(() => testProblem("Watson", { n: 2.5 }))).toMatch(/found n = 2.5/);
  expect(messageOf(() => testProblem("Chebyquad", { n: 8, m: 7 }))).toMatch(/m at least n/);
  expect(messageOf(() => testProblem("Rosenbrok"))).toMatch(/^ARGUMENT: .*They are: Rosenbrock, /);
});
