import { type Tensor, tensor } from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { numericFd } from "@fluxion/numeric-fd";
import { reverseTape } from "@fluxion/reverse-tape";
import { symbolic } from "@fluxion/symbolic";
import { describe, expect, test } from "vitest";
import { moreGarbowHillstrom, sumOfSquares } from "@fluxion/bench";
import type { LeastSquaresProblem, ProblemSize } from "@fluxion/bench";

const exact = [forwardDual, reverseTape, symbolic];

/** What the exact strategies may differ by, from each other and beyond numeric-fd's claims: 16 units in the last place of the terms that a derivative is a sum of. */
const rounding = 16 * Number.EPSILON;

/** Sizes at which everything takes seconds. */
const sizes: Readonly<Record<number, ProblemSize>> = {
  21: { n: 4 },
  ...Object.fromEntries([23, 24, 25, 26, 27, 28, 29, 30, 35].map((number) => [number, { n: 5 }])),
  31: { n: 8 },
  34: { n: 5, m: 6 },
};

/** The standard start, and a point beside it where no coordinate is 0. */
function pointsOf({ start }: LeastSquaresProblem): Tensor[] {
  const beside = [...start.data].map((x, i) => x * (1 + 0.03 * (1 + (i % 3))) + 0.02 * (1 + (i % 2)));
  return [start, tensor(beside)];
}

type Operator = "jacobian" | "gradient" | "hessian";

function exactly(operator: Operator, f: (x: Tensor) => Tensor, x: Tensor): Float64Array[] {
  return exact.map((strategy) => Float64Array.from((strategy[operator](f)(x) as Tensor).data));
}

/** Every exact strategy is within the rounding of the first, and within numeric-fd's claim and the rounding of its value. */
function compare(operator: Operator, f: (x: Tensor) => Tensor, x: Tensor, terms: (i: number) => number): void {
  const [first, ...others] = exactly(operator, f, x) as [Float64Array, ...Float64Array[]];
  const estimate = numericFd.estimate!(operator, f)(x);
  const [values, errors] = [(estimate.value as Tensor).data, (estimate.error as Tensor).data];
  expect(values).toHaveLength(first.length);
  first.forEach((entry, i) => {
    const allowed = rounding * terms(i);
    others.forEach((other, k) => {
      const difference = Math.abs(other[i]! - entry);
      expect(difference, `${exact[k + 1]!.name} and ${exact[0]!.name}, entry ${i}`).toBeLessThanOrEqual(allowed);
    });
    expect(Math.abs(values[i]! - entry), `numeric-fd, entry ${i}`).toBeLessThanOrEqual(errors[i]! + allowed);
  });
  // A claim that says nothing would hold, too.
  const largest = Math.max(...first.map(Math.abs));
  expect(Math.max(...errors) / largest).toBeLessThan(widest(operator));
}

function widest(operator: Operator): number {
  return operator === "hessian" ? 1e-6 : 1e-8;
}

describe.each(moreGarbowHillstrom.map((each) => [`${each.number}. ${each.name}`, each] as const))(
  "%s",
  (_, { number, problem }) => {
    const { m, n, residuals, ...rest } = problem(sizes[number]);
    const all = { m, n, residuals, ...rest };
    const points = pointsOf(all);

    test("Jacobian of the residuals", () => {
      for (const x of points) {
        const J = exactly("jacobian", residuals, x)[0]!;
        const row = (i: number): Float64Array => J.subarray(i - (i % n), i - (i % n) + n);
        // The terms of an entry cancel in problem 26 only; elsewhere it is a product.
        compare("jacobian", residuals, x, (i) =>
          number === 26 ? Math.max(...row(i).map(Math.abs)) : Math.abs(J[i]!),
        );
      }
    });

    test("gradient and Hessian of the sum of squares", () => {
      for (const x of points) {
        const r = residuals(x).data;
        const J = exactly("jacobian", residuals, x)[0]!;
        const over = (term: (i: number) => number): number => r.reduce((sum, _r, i) => sum + Math.abs(term(i)), 0);
        compare("gradient", sumOfSquares(all), x, (j) => 2 * over((i) => r[i]! * J[i * n + j]!));
        const H = exactly("hessian", sumOfSquares(all), x)[0]!;
        compare("hessian", sumOfSquares(all), x, (k) => {
          const [j, l] = [Math.floor(k / n), k % n];
          return Math.abs(H[k]!) + 2 * over((i) => J[i * n + j]! * J[i * n + l]!);
        });
      }
    });
  },
);
