import { describe, expect, test } from "vitest";
import { difficult, noisy, plain, scaled } from "../support/cases.ts";
import type { Case } from "../support/cases.ts";
import { moreEdges, moreNoisy } from "../support/more-rough-cases.ts";
import { moreDifficult, morePlain, moreScaled } from "../support/more-smooth-cases.ts";
import { median, outcomeOf } from "../support/outcome.ts";
import type { Outcome } from "../support/outcome.ts";
import { ownOfPublished } from "../support/published-cases.ts";

const ordinary = [...plain, ...morePlain];
const analytic = [...ordinary, ...scaled, ...moreScaled, ...difficult, ...moreDifficult];
const all = [...analytic, ...ownOfPublished, ...noisy, ...moreEdges, ...moreNoisy];

describe.each([1, 2, 3, 4])("derivatives of order %i", (order) => {
  const cases = all.filter(({ decimal, derivative, at }) =>
    order === 1
      ? decimal !== undefined || derivative !== undefined
      : decimal !== undefined && (at === 0 || Math.abs(at) > 1e-60),
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
    expect(without.length).toBeLessThanOrEqual([5, 10, 8, 20][order - 1]!);
  });

  test("the median error and cost", () => {
    expect(median(of(analytic).map(({ relative }) => relative))).toBeLessThan(
      [2e-14, 2e-11, 2e-9, 2e-7][order - 1]!,
    );
    expect(median(of(analytic).map(({ evaluations }) => evaluations))).toBeLessThanOrEqual(40);
  });

  test("claims are not empty: on smooth functions the median bound is small", () => {
    const bounds = of(ordinary).map(({ claimed }) => claimed);
    expect(median(bounds)).toBeLessThan([1e-12, 1e-10, 1e-8, 1e-6][order - 1]!);
  });
});
