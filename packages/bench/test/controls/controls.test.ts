import { forwardDual } from "@fluxion/forward-dual";
import { reverseTape } from "@fluxion/reverse-tape";
import { describe, expect, test } from "vitest";
import { controls, killControl, killTogether, signControls } from "../../src/controls/index.ts";
import { crossCheck } from "../../src/index.ts";
import { forwardWith } from "../../src/controls/forward.ts";
import { reverseWith } from "../../src/controls/reverse.ts";
import { runs } from "../support/runs.ts";

const right = [forwardDual, reverseTape];

describe("wrong strategies", () => {
  test("are many, each with a fault of its own", () => {
    expect(controls.length).toBeGreaterThanOrEqual(50);
    expect(new Set(controls.map(({ fault }) => fault)).size).toBe(controls.length);
  });

  test("are wrong by their fault alone: without it they agree", () => {
    const report = crossCheck({
      strategies: [...right, forwardWith("control: forward", {}), reverseWith("control: reverse", {})],
      runs: runs(60),
      seed: 5,
    });
    expect(report.disagreements.map(({ message }) => message)).toEqual([]);
  });

  test.each(controls.map((control) => [control.fault, control] as const))("%s", (_, control) => {
    const kill = killControl(control, right, 500, 7);
    expect(kill.killed).toBe(true);
    expect(kill.dissenters).toEqual([control.strategy.name]);
    expect(kill.message).not.toMatch(/threw (Type|Reference)Error/);
    if (control.operator !== null) expect(kill.operator).toBe(control.operator);
  });
});

describe("rules with the other sign", () => {
  test("exist for every operator that has a derivative, forward and reverse", () => {
    expect(new Set(signControls.map(({ operator }) => operator)).size).toBeGreaterThan(70);
    expect(signControls.length).toBeGreaterThan(180);
  });

  test("are all noticed, most of them soon", () => {
    const killed = killTogether(signControls, forwardDual, 1000, 3);
    expect([...killed].flatMap(([{ strategy }, when]) => (when === null ? [strategy.name] : []))).toEqual([]);
    const needed = [...killed.values()].map((when) => when!).sort((a, b) => a - b);
    expect(needed[Math.floor(needed.length / 2)]).toBeLessThan(100);
  });
});
