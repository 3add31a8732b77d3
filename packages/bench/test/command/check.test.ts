import { describe, expect, test } from "vitest";
import { crossCheck } from "../../src/agreement/index.ts";
import type { CrossCheckReport } from "../../src/agreement/index.ts";
import { checkText, summarizeCheck } from "../../src/command/check.ts";
import { fluxion } from "./capture.ts";

describe("fluxion check", () => {
  test("prints every strategy's verdicts and the seed that repeats them", async () => {
    const { status, out } = await fluxion("check", "--runs", "5", "--seed", "1");
    expect(status).toBe(0);
    expect(out).toMatch(/forward-dual[^]*reverse-tape[^]*symbolic[^]*numeric-fd/);
    expect(out).toContain("5 random programs (seed 1)");
    expect(out).toMatch(/\d+ comparisons agree, 0 disagree/);
  });

  test("--json is the whole report", async () => {
    const { out } = await fluxion(
      "check",
      "--runs",
      "3",
      "--strategies",
      "forward-dual,reverse-tape",
      "--json",
    );
    const { passed, programs, verdicts } = JSON.parse(out) as CrossCheckReport;
    expect([passed, programs]).toEqual([true, 3]);
    expect(Object.keys(verdicts)).toEqual(["forward-dual", "reverse-tape"]);
  });

  test("one strategy alone has nothing to be checked against", async () => {
    const { status, error } = await fluxion("check", "--runs", "3", "--strategies", "reverse-tape");
    expect(status).toBe(2);
    expect(error).toMatch(/at least two/);
  });
});

test("a disagreement is shown in full, and counted", () => {
  const honest = crossCheck({ runs: 2, seed: 1 });
  const { forward, ...others } = { forward: honest.verdicts["forward-dual"]!, ...honest.verdicts };
  const report: CrossCheckReport = {
    ...honest,
    passed: false,
    verdicts: { ...others, "forward-dual": { ...forward, jvp: { ...forward.jvp, disagree: 2 } } },
    disagreements: [
      {
        quantity: "jvp",
        dissenters: ["forward-dual"],
        operator: "sin",
        program: "sin(x)",
        message: "Strategies disagree on the jvp of sin(x)",
        seed: 1,
        path: "0",
      },
    ],
  };
  expect(summarizeCheck(report).disagreements).toBe(2);
  expect(checkText(report)).toMatch(/2 disagree[^]*Strategies disagree on the jvp of sin\(x\)/);
});
