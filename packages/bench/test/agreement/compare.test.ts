import { tensor } from "@fluxion/core";
import { describe, expect, test } from "vitest";
import { compare, type Scale } from "../../src/agreement/compare.ts";
import type { Numbers, Outcome } from "../../src/agreement/outcome.ts";
import { vote } from "../../src/agreement/vote.ts";

const scale: Scale = { result: 1, intermediate: 1 };

function said(
  strategy: string,
  values: readonly number[],
  bound: number = 0,
  exact: boolean = true,
): Numbers {
  return {
    kind: "numbers",
    strategy,
    exact,
    leaves: [tensor(values)],
    bounds: () => [new Float64Array(values.length).fill(bound)],
  };
}

const failed: Outcome = { kind: "failure", strategy: "d", error: new TypeError("x is undefined") };

describe("two results", () => {
  test("agree up to a few ulp of the greatest number", () => {
    expect(compare(said("a", [1, 1000]), said("b", [1 + 1e-13, 1000]), scale).verdict).toBe("agree");
    expect(compare(said("a", [1, 1]), said("b", [1 + 1e-13, 1]), scale).verdict).toBe("disagree");
  });

  test("agree within the sum of their bounds, and not beyond", () => {
    expect(compare(said("a", [1], 1e-6), said("b", [1 + 1.9e-6], 1e-6), scale).verdict).toBe("agree");
    const { verdict, worst } = compare(said("a", [3, 1], 1e-6), said("b", [3, 1 + 2.1e-6], 1e-6), scale);
    expect(verdict).toBe("disagree");
    expect(worst?.entry).toBe(1);
  });

  test("are inconclusive where the bounds are as wide as the numbers", () => {
    expect(compare(said("a", [1]), said("b", [7], 100, false), scale).verdict).toBe("inconclusive");
    expect(compare(said("a", [1]), said("b", [NaN], Infinity, false), scale).verdict).toBe("inconclusive");
    expect(compare(said("a", [1]), said("b", [1], NaN, false), scale).verdict).toBe("inconclusive");
  });

  test("disagree on one entry although another is inconclusive", () => {
    const vague: Numbers = {
      ...said("b", [1, 2], 0, false),
      bounds: () => [Float64Array.of(Infinity, 1e-9)],
    };
    expect(compare(said("a", [1, 3]), vague, scale).verdict).toBe("disagree");
  });

  test("must have the same NaN and the same infinities", () => {
    expect(compare(said("a", [NaN, Infinity]), said("b", [NaN, Infinity]), scale).verdict).toBe("agree");
    expect(compare(said("a", [NaN]), said("b", [0]), scale).verdict).toBe("disagree");
    expect(compare(said("a", [Infinity]), said("b", [-Infinity]), scale).verdict).toBe("disagree");
    expect(compare(said("a", [0]), said("b", [-0]), scale).verdict).toBe("agree");
  });

  test("disagree in shape", () => {
    expect(compare(said("a", [1, 2]), said("b", [1]), scale).verdict).toBe("disagree");
  });
});

describe("a vote", () => {
  test("names whoever stands alone", () => {
    const { dissenters, witness, verdicts } = vote([said("a", [1]), said("b", [2]), said("c", [1])], scale);
    expect(dissenters).toEqual(["b"]);
    expect(witness?.comparison?.worst?.numbers).toEqual([2, 1]);
    expect(Object.fromEntries(verdicts)).toEqual({ a: "agree", b: "disagree", c: "agree" });
  });

  test("names both where it is tied, and one where an estimate decides", () => {
    expect(vote([said("a", [1]), said("b", [2])], scale).dissenters).toEqual(["a", "b"]);
    expect(
      vote([said("a", [1]), said("b", [2]), said("n", [2.0001], 1e-3, false)], scale).dissenters,
    ).toEqual(["a"]);
  });

  test("counts a vague estimate as inconclusive, and those that it can't confirm as agreeing", () => {
    const { dissenters, verdicts } = vote([said("a", [1]), said("b", [1]), said("n", [5], 10, false)], scale);
    expect(dissenters).toEqual([]);
    expect(Object.fromEntries(verdicts)).toEqual({ a: "agree", b: "agree", n: "inconclusive" });
  });

  test("blames a strategy that throws", () => {
    const { dissenters, witness } = vote([said("a", [1]), said("b", [1]), failed], scale);
    expect(dissenters).toEqual(["d"]);
    expect(witness?.comparison).toBeNull();
    expect(vote([said("a", [1]), failed], scale).dissenters).toEqual(["d"]);
    expect(vote([failed], scale).dissenters).toEqual(["d"]);
  });

  test("ignores abstentions, and confirms nobody alone", () => {
    const abstained: Outcome = { kind: "abstention", strategy: "b", reason: "no rule" };
    const { verdicts, dissenters } = vote([said("a", [1]), abstained], scale);
    expect(dissenters).toEqual([]);
    expect(Object.fromEntries(verdicts)).toEqual({ a: "abstain", b: "abstain" });
  });

  test("doesn't let an estimate that is contradicted hide behind one that is vague", () => {
    expect(vote([said("a", [1]), said("b", [1]), said("n", [2], 1e-9, false)], scale).dissenters).toEqual([
      "n",
    ]);
  });
});
