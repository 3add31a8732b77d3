import {
  add,
  defineStrategy,
  type Estimate,
  flatten,
  FluxionError,
  type Numeric,
  operatorNames,
  type Strategy,
  traceFlat,
  unflatten,
  zeros,
} from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { numericFd } from "@fluxion/numeric-fd";
import { reverseTape } from "@fluxion/reverse-tape";
import { describe, expect, test } from "vitest";
import { checkStrategy, controls, crossCheck, type Progress } from "../../src/index.ts";
import { runs } from "../support/runs.ts";

const wrong = controls.find(({ operator }) => operator === "norm")!;
const exact = [forwardDual, reverseTape];

describe("the cross-check", () => {
  test("finds that all four strategies agree", () => {
    const report = crossCheck({ runs: runs(150), seed: 20 });
    expect(report.disagreements.map(({ message }) => message)).toEqual([]);
    expect(report.inconclusiveRate).toBeLessThanOrEqual(report.inconclusiveCap);
    expect(report.passed).toBe(true);
    expect(report.verdicts["numeric-fd"]!.gradient.agree).toBeGreaterThan(0.5 * report.programs);
    expect(report.verdicts["symbolic"]!.hessian.agree).toBeGreaterThan(0.2 * report.programs);
  });

  test("counts programs, verdicts, operators and refusals, and tells how far it is", () => {
    const steps: Progress[] = [];
    const report = crossCheck({
      strategies: exact,
      runs: 200,
      seed: 3,
      onProgress: (progress) => steps.push(progress),
    });
    expect(report.programs).toBe(200);
    expect(steps.length).toBe(200);
    expect(steps.at(-1)).toEqual({ done: 200, total: 200 });
    for (const { vjp, transpose } of Object.values(report.verdicts)) {
      expect(vjp).toEqual({ agree: 200, disagree: 0, inconclusive: 0, abstain: 0 });
      expect(transpose.agree).toBe(200);
    }
    expect(Object.keys(report.coverage).sort()).toEqual([...operatorNames].sort());
    expect(Object.values(report.coverage).filter((count) => count > 0).length).toBeGreaterThan(70);
    expect(Object.keys(report.resampled)).toContain("maximum: close to a = b");
  });

  test("says who is wrong, where, on which few lines, and how to see it again", () => {
    const strategies = [...exact, wrong.strategy];
    const { disagreements, passed, verdicts, seed } = crossCheck({
      strategies,
      runs: 200,
      seed: 7,
      maximumDisagreements: 1,
    });
    const [first] = disagreements;
    expect(passed).toBe(false);
    expect(seed).toBe(7);
    expect(first!.dissenters).toEqual([wrong.strategy.name]);
    expect(first!.operator).toBe("norm");
    expect(first!.quantity).toBe("vjp");
    expect(first!.program.split("\n").length).toBeLessThan(12);
    expect(first!.message).toContain("stands against the other 2.");
    expect(first!.message).toContain("The rule of norm");
    expect(verdicts[wrong.strategy.name]!.vjp.disagree).toBe(1);
    expect(verdicts["forward-dual"]!.vjp.disagree).toBe(0);
    const again = crossCheck({ strategies, seed: first!.seed, path: first!.path });
    expect(again.programs).toBe(1);
    expect(again.disagreements[0]!.program).toBe(first!.program);
  });

  test("goes on after a disagreement, up to a limit", () => {
    const { disagreements, programs } = crossCheck({
      strategies: [...exact, wrong.strategy],
      runs: 400,
      seed: 7,
      maximumDisagreements: 2,
    });
    expect(disagreements.length).toBe(2);
    expect(programs).toBeLessThan(400);
    expect(new Set(disagreements.map(({ operator }) => operator))).toEqual(new Set(["norm"]));
  });

  test("needs two strategies", () => {
    expect(() => crossCheck({ strategies: [forwardDual] })).toThrow(/at least two/);
  });

  test("fails when too much is inconclusive", () => {
    const report = crossCheck({ strategies: [...exact, vague], runs: 50, seed: 1 });
    expect(report.disagreements).toEqual([]);
    expect(report.verdicts["vague"]!.gradient.inconclusive).toBeGreaterThan(20);
    expect(report.inconclusiveRate).toBeGreaterThan(0.01);
    expect(report.passed).toBe(false);
    expect(() => checkStrategy(vague, { strategies: exact, runs: 50, seed: 1 })).toThrow(/inconclusive/);
  });
});

describe("checkStrategy", () => {
  test("lets a right strategy pass, and returns the report", () => {
    expect(checkStrategy(forwardDual, { strategies: [reverseTape], runs: 50, seed: 2 }).programs).toBe(50);
  });

  test("throws DISAGREEMENT with the program", () => {
    const check = (): unknown => checkStrategy(wrong.strategy, { strategies: exact, runs: 200, seed: 7 });
    expect(check).toThrow(FluxionError);
    expect(check).toThrow(/norm\(x0/);
  });

  test("counts abstentions where a rule is missing", () => {
    const { verdicts, abstentions } = checkStrategy(withoutMatmul, { strategies: exact, runs: 100, seed: 2 });
    expect(Object.keys(abstentions["without matmul"]!)).toEqual(["there is no rule for matmul."]);
    expect(abstentions["forward-dual"]).toEqual({});
    expect(verdicts["without matmul"]!.vjp.abstain).toBeGreaterThan(3);
    expect(verdicts["without matmul"]!.vjp.agree).toBeGreaterThan(50);
  });
});

function infinite(tree: Estimate["error"]): Estimate["error"] {
  const leaves: Numeric[] = [];
  const structure = flatten("infinite", tree, leaves);
  return unflatten(
    structure,
    leaves.map((leaf) => add(leaf, Infinity)),
  );
}

/** Gives the right numbers, and says that they may be anything. */
const vague: Strategy = {
  ...numericFd,
  name: "vague",
  estimate:
    (operator, f, options) =>
    (...args) => {
      const estimate = numericFd.estimate!(operator, f, options)(...args);
      return { ...estimate, error: infinite(estimate.error) };
    },
};

/** Has no rule for matmul. */
const withoutMatmul: Strategy = defineStrategy({
  name: "without matmul",
  mode: "reverse",
  exact: true,
  vjp: (f, inputs) => {
    const graph = traceFlat(f, inputs.map((x) => x.shape)); // prettier-ignore
    if (graph.nodes.some(({ operator }) => operator === "matmul"))
      throw new FluxionError("UNSUPPORTED", "there is no rule for matmul.");
    const { value, pullback } = reverseTape.vjp(f)(inputs);
    return {
      values: value,
      pullback: (cotangents) => pullback(cotangents.map((c, k) => c ?? zeros(value[k]!.shape))),
    };
  },
});
