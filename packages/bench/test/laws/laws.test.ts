import { FluxionError, type Strategy } from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { numericFd } from "@fluxion/numeric-fd";
import { reverseTape } from "@fluxion/reverse-tape";
import { symbolic } from "@fluxion/symbolic";
import { describe, expect, test } from "vitest";
import { checkLaws, confusionTest, controls } from "../../src/index.ts";
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

describe("a law is broken by", () => {
  test.each([
    ["a directional derivative along |ẋ|", "jvp is linear"],
    ["the lower triangle of the Hessian", "Schwarz"],
    ["H·v by the diagonal of H", "Schwarz along directions"],
    ["H·v taken for the gradient", "hvp is H·v"],
    ["every derivative is 0", "Taylor remainder of order 2"],
    ["the Hessian of Gauss and Newton", "hvp is H·v"],
    ["one ε for derivatives within derivatives", "Schwarz"],
  ])("%s", (fault, name) => {
    const strategies = [control(fault)];
    const broken = brokenLaw(strategies);
    expect(broken).toContain(control(fault).name);
    if (name === "Taylor remainder of order 2" || name.startsWith("jvp")) expect(broken).toContain(name);
  });
});

function brokenLaw(strategies: readonly Strategy[]): string {
  try {
    checkLaws({ strategies, runs: 100, seed: 4 });
  } catch (error) {
    if (error instanceof FluxionError) return error.message;
    throw error;
  }
  return "no law";
}

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
