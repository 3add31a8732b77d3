import fc from "fast-check";
import { expect, it } from "vitest";
import { describeHostile, hostileCall, runHostile } from "./support/hostile.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 150);

it("whatever is passed, a result or a FluxionError comes back, within two seconds", () => {
  const outcomes = new Map<string, number>();
  fc.assert(
    fc.property(hostileCall, (call) => {
      const began = process.cpuUsage();
      const outcome = runHostile(call);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      // Processor time, of this process alone; twice the limit, for a machine that does other work.
      expect(process.cpuUsage(began).user / 1e6, describeHostile(call)).toBeLessThan(4);
    }),
    { numRuns: runs },
  );
  // Both ends are reached: formulas that work, and texts that are refused.
  for (const outcome of ["result", "PARSE", "ARGUMENT", "SHAPE_MISMATCH"])
    expect(outcomes.get(outcome) ?? 0, outcome).toBeGreaterThan(0);
});
