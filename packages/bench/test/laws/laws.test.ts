import type { Strategy } from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { numericFd } from "@fluxion/numeric-fd";
import { reverseTape } from "@fluxion/reverse-tape";
import { symbolic } from "@fluxion/symbolic";
import { describe, expect, test } from "vitest";
import { checkLaws, confusionTest, controls, lawsFor } from "../../src/index.ts";
import { runs } from "../support/runs.ts";

const exact: readonly Strategy[] = [forwardDual, reverseTape, symbolic];

function control(fault: string): Strategy {
  return controls.find((candidate) => candidate.fault === fault)!.strategy;
}

describe("the laws of calculus", () => {
  const report = checkLaws({ strategies: exact, runs: runs(60), seed: 4 });

  test.each(Object.entries(report))("%s", (_, byStrategy) => {
    for (const { agree, inconclusive } of Object.values(byStrategy)) {
      expect(agree).toBeGreaterThan(10);
      expect(inconclusive).toBeLessThanOrEqual(0.05 * (agree + inconclusive) + 1);
    }
    expect(Object.keys(byStrategy).length).toBe(exact.length);
  });

  test("hold for finite differences over every exact strategy", () => {
    const { ...laws } = checkLaws({
      strategies: [numericFd, ...exact],
      runs: runs(20),
      seed: 4,
      maximumNodes: 4,
    });
    for (const { name } of exact) expect(laws[`over ${name}`]!["numeric-fd"]!.agree).toBeGreaterThan(3);
  });
});

describe("the law", () => {
  test.each([
    ["jvp is linear", "a directional derivative along |ẋ|"],
    ["vjp is linear", "a pullback that works once"],
    ["sum rule", "every derivative is 0"],
    ["product rule", "every derivative is 0"],
    ["chain rule", "the value at another point"],
    ["Schwarz", "the lower triangle of the Hessian"],
    ["Schwarz along directions", "H·v taken for the gradient"],
    ["hvp is H·v", "H·v by the diagonal of H"],
    ["Taylor remainder of order 2", "every derivative is 0"],
    ["Taylor remainder of order 3", "H·v taken for the gradient"],
    ["vmap is a loop", "inputs read as numbers"],
  ])("%s is broken by: %s", (name, fault) => {
    const strategies = [control(fault)];
    const laws = lawsFor(strategies).filter((law) => law.name === name);
    expect(() => checkLaws({ strategies, laws, runs: 200, seed: 4 })).toThrow(
      `${fault} breaks the law "${name}"`,
    );
  });

  test("of nesting is broken by one ε for all derivatives", () => {
    const confused = control("one ε for derivatives within derivatives");
    const laws = lawsFor([confused]).filter(({ name }) => name.startsWith("over"));
    expect(() => checkLaws({ strategies: [forwardDual, confused], laws, runs: 50, seed: 4 })).toThrow(
      "breaks the law",
    );
  });
});

describe("perturbations of two levels", () => {
  test.each(exact.flatMap((outer) => exact.map((inner) => [outer.name, inner.name, outer, inner] as const)))(
    "%s over %s",
    (_, __, outer, inner) => {
      expect(confusionTest(outer, inner)).toBe(1);
    },
  );

  test("are confused by the control", () => {
    const confused = control("one ε for derivatives within derivatives");
    expect(confusionTest(confused, confused)).not.toBe(1);
  });
});
