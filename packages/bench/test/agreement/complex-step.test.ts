import type { Strategy } from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { numericFd } from "@fluxion/numeric-fd";
import { expect, test } from "vitest";
import { crossCheck } from "@fluxion/bench";
import { runs } from "../support/runs.ts";

/** numeric-fd by complex steps, as a strategy of its own. */
const complexStep: Strategy = {
  ...numericFd,
  name: "complex-step",
  estimate: (operator, f, options) =>
    numericFd.estimate!(operator, f, { ...options, method: "complexStep" } as object),
};

test("complex steps agree with dual numbers on random programs, within their bounds", () => {
  const report = crossCheck({ strategies: [forwardDual, complexStep], runs: runs(150), seed: 20261126 });
  expect(report.disagreements.map(({ message }) => message)).toEqual([]);
  const { gradient, jacobian, hessian } = report.verdicts["complex-step"]!;
  // It abstains where an operator is not analytic.
  expect(gradient.agree + jacobian.agree).toBeGreaterThan(0.5 * report.programs);
  expect(gradient.inconclusive + jacobian.inconclusive).toBe(0);
  expect(hessian.agree).toBeGreaterThan(0.05 * report.programs);
});
