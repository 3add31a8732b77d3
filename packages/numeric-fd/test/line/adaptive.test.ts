import { describe, expect, test } from "vitest";
import { differentiate } from "@fluxion/numeric-fd";
import { difficult, noisy, plain, scaled } from "../support/cases.ts";
import type { Case } from "../support/cases.ts";
import { exact, reference } from "../support/reference.ts";

const all = [...plain, ...scaled, ...difficult, ...noisy];

interface Outcome {
  readonly error: number;
  readonly relative: number;
  readonly claimed: number;
  readonly evaluations: number;
}

function outcomeOf({ f, decimal, derivative, at }: Case, order: number): Outcome {
  const right = order === 1 && derivative !== undefined ? exact(derivative) : reference(decimal!, at, order);
  const { value, error: claimed, evaluations } = differentiate(f, at, { derivativeOrder: order });
  const error = Number.isFinite(value) ? exact(value).sub(right).abs().toNumber() : Infinity;
  const size = right.abs().toNumber();
  return { error, relative: error === 0 ? 0 : size < 1e-30 ? error : error / size, claimed, evaluations };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

describe.each([1, 2, 3, 4])("derivatives of order %i", (order) => {
  const cases = all.filter(
    ({ decimal, derivative }) => decimal !== undefined || (order === 1 && derivative !== undefined),
  );
  const outcomes = new Map(cases.map((each) => [each, outcomeOf(each, order)]));
  const of = (group: readonly Case[]): Outcome[] => group.flatMap((each) => outcomes.get(each) ?? []);

  test.each(cases.map((each) => [`${each.name} at ${each.at}`, each] as const))(
    "%s: the error claim holds",
    (_, each) => {
      const { error, claimed } = outcomes.get(each)!;
      expect(error).toBeLessThanOrEqual(claimed);
    },
  );

  test("almost all of them get a bound", () => {
    const without = of(cases).filter(({ claimed }) => claimed === Infinity);
    expect(without.length).toBeLessThanOrEqual([0, 2, 2, 5][order - 1]!);
  });

  test("the median error and cost", () => {
    const smooth = of([...plain, ...scaled]);
    expect(median(smooth.map(({ relative }) => relative))).toBeLessThan(
      [1e-14, 1e-11, 1e-9, 1e-7][order - 1]!,
    );
    expect(median(of(cases).map(({ evaluations }) => evaluations))).toBeLessThanOrEqual(40);
  });

  test("claims are not empty: on smooth functions the median bound is small", () => {
    const bounds = of(plain).map(({ claimed }) => claimed);
    expect(median(bounds)).toBeLessThan([1e-12, 1e-10, 1e-8, 1e-6][order - 1]!);
  });
});
