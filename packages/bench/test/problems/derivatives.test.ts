import { type Tensor, tensor } from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { numericFd } from "@fluxion/numeric-fd";
import { reverseTape } from "@fluxion/reverse-tape";
import { symbolic } from "@fluxion/symbolic";
import { describe, expect, test } from "vitest";
import { moreGarbowHillstrom, sumOfSquares } from "@fluxion/bench";
import type { ProblemSize } from "@fluxion/bench";

const exact = [forwardDual, reverseTape, symbolic];

/**
 * What the exact strategies may differ by, from each other and beyond numeric-fd's claims: 16 units in the last place of
 * the terms that a derivative is a sum of.
 */
const rounding = 16 * Number.EPSILON;

/** The problems whose residuals have derivatives that are differences; in the others they are products. */
const cancelling: ReadonlySet<number> = new Set([26, 35]);

/** Sizes at which everything takes seconds. */
const sizes: Readonly<Record<number, ProblemSize>> = {
  21: { n: 4 },
  ...Object.fromEntries([23, 24, 25, 26, 27, 28, 29, 30, 35].map((number) => [number, { n: 4 }])),
  31: { n: 7 },
  34: { n: 5, m: 6 },
};

/** A point near the start at which no coordinate is 0. */
function beside(start: Tensor): Tensor {
  return tensor([...start.data].map((x, i) => x * (1 + 0.03 * (1 + (i % 3))) + 0.02 * (1 + (i % 2))));
}

type Operator = "jacobian" | "gradient" | "hessian";
type Exact = readonly [Float64Array, ...Float64Array[]];

function exactly(operator: Operator, f: (x: Tensor) => Tensor, x: Tensor): Exact {
  return exact.map(({ [operator]: differentiate }) =>
    Float64Array.from((differentiate(f)(x) as Tensor).data),
  ) as unknown as Exact;
}

/** Where an exact strategy is not within the rounding of the first, or numeric-fd not within its claim and that rounding. */
function faults(
  operator: Operator,
  f: (x: Tensor) => Tensor,
  x: Tensor,
  [first, ...others]: Exact,
  terms: (i: number) => number,
): string[] {
  const estimate = numericFd.estimate!(operator, f)(x);
  const [values, errors] = [(estimate.value as Tensor).data, (estimate.error as Tensor).data];
  const found: string[] = values.length === first.length ? [] : [`${operator}: ${values.length} entries`];
  first.forEach((entry, i) => {
    const allowed = rounding * terms(i);
    const check = (name: string, value: number, limit: number): void => {
      if (!(Math.abs(value - entry) <= limit))
        found.push(`${operator}, entry ${i}: ${name} ${value}, ${exact[0]!.name} ${entry}, allowed ${limit}`);
    };
    others.forEach((other, k) => check(exact[k + 1]!.name, other[i]!, allowed));
    check("numeric-fd", values[i]!, errors[i]! + allowed);
  });
  const size = Math.max(...first.map(Math.abs), 1e-7 * Math.abs(f(x).data[0]!));
  return [...found, ...emptyClaims(operator, errors, size)];
}

/** A claim that says nothing would hold, too. (Problem 4 has second derivatives of 2 beside values of 1e12.) */
function emptyClaims(operator: Operator, errors: Readonly<Float64Array>, size: number): string[] {
  const sorted = [...errors].toSorted((a, b) => a - b).map((error) => error / size);
  const [median, most] = [sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
  return median < 1e-6 && most < 1e-4 ? [] : [`${operator}: claims of ${median}, up to ${most}`];
}

describe.each(moreGarbowHillstrom.map((each) => [`${each.number}. ${each.name}`, each] as const))(
  "%s",
  (_, { number, problem }) => {
    const here = problem(sizes[number]);
    const { n, residuals, start } = here;
    const f = sumOfSquares(here);

    test.each([
      ["at its start", start],
      ["beside it", beside(start)],
    ] as const)("%s", (_place, x) => {
      const r = residuals(x).data;
      const J = exactly("jacobian", residuals, x);
      const row = (k: number): Float64Array => J[0].subarray(k - (k % n), k - (k % n) + n);
      const found = faults("jacobian", residuals, x, J, (k) =>
        cancelling.has(number) ? Math.max(...row(k).map(Math.abs)) : Math.abs(J[0][k]!),
      );
      const over = (term: (i: number) => number): number =>
        r.reduce((sum, _r, i) => sum + 2 * Math.abs(term(i)), 0);
      const g = exactly("gradient", f, x);
      found.push(...faults("gradient", f, x, g, (j) => over((i) => r[i]! * J[0][i * n + j]!)));
      const H = exactly("hessian", f, x);
      const terms = (k: number): number => {
        const [j, l] = [Math.floor(k / n), k % n];
        return Math.abs(H[0][k]!) + over((i) => J[0][i * n + j]! * J[0][i * n + l]!);
      };
      expect([...found, ...faults("hessian", f, x, H, terms)]).toEqual([]);
    });
  },
);
