import type { Numeric, Tensor } from "@fluxion/core";
import { differentiate } from "@fluxion/numeric-fd";
import { describe, expect, test } from "vitest";
import { type Case, difficult, noisy, plain, scaled } from "../support/cases.ts";
import { cancelling, operators } from "../support/operators.ts";
import { reference } from "../support/reference.ts";

const complexStep = { method: "complexStep" } as const;

const all = [...plain, ...scaled, ...difficult];
const analytic = all.filter(({ name, decimal }) => decimal !== undefined && name in operators);

interface Result {
  readonly name: string;
  readonly relative: number;
  readonly holds: boolean;
  readonly bound: number;
  readonly evaluations: number;
}

function resultOf({ name, decimal, at }: Case, f: (x: Tensor) => Numeric): Result {
  const { value, error, status, evaluations } = differentiate(f, at, complexStep);
  expect(status, name).toBe("ok");
  const right = reference(decimal!, at);
  const off = right.sub(value).abs();
  // The reference of an exact 0 is the square of its own step.
  const size = right.isZero() || (at === 0 && right.abs().lt(1e-60)) ? 1 : right.abs().toNumber();
  return {
    name: `${name} at ${at}`,
    relative: off.toNumber() / size,
    holds: off.lte(error),
    bound: error / size,
    evaluations,
  };
}

describe("complexStep on analytic functions", () => {
  const results = analytic.map((one) => resultOf(one, operators[one.name]!));

  test("covers at least 62 pairs of a function and a point, and all that have decimals but kinks and noise", () => {
    expect(results.length).toBeGreaterThanOrEqual(62);
    const left = all.filter(({ name, decimal }) => decimal !== undefined && !(name in operators));
    expect(left.map(({ name }) => name)).toEqual([]);
  });

  test.each(results)("$name: below 1e-12, the claim holds", ({ relative, holds }) => {
    expect(relative).toBeLessThan(1e-12);
    expect(holds).toBe(true);
  });

  test("the median is right to the last digit, and the bounds are not far above", () => {
    const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
    expect(median(results.map(({ relative }) => relative))).toBeLessThan(3e-16);
    expect(median(results.map(({ bound }) => bound))).toBeLessThan(1e-13);
    expect(median(results.map(({ evaluations }) => evaluations))).toBe(4);
  });

  const lossy = noisy.filter(({ name }) => name in cancelling);
  test.each(lossy)("$name at $at: the claim holds where f cancels", (one) => {
    expect(resultOf(one, cancelling[one.name]!).holds).toBe(true);
  });
});
