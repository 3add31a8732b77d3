import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { BenchmarkResult } from "../../src/measure/index.ts";
import { fluxion } from "./capture.ts";

const folder = mkdtempSync(join(tmpdir(), "fluxion-bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

const quick = ["--strategies", "reverse-tape", "--workloads", "rosenbrock", "--rounds", "1", "--time", "0.5"];

describe("fluxion bench", () => {
  test("prints a table, and writes the report where it is asked to", async () => {
    const { status, out, error } = await fluxion("bench", ...quick, "--report", folder);
    expect(status).toBe(0);
    expect(out).toMatch(/Rosenbrock — gradient[^]*by hand[^]*reverse-tape/);
    expect(error).toContain(join(folder, "report.html"));
    expect(readFileSync(join(folder, "report.html"), "utf8")).toMatch(/^<!DOCTYPE html>/i);
    expect(readFileSync(join(folder, "report.md"), "utf8")).toContain("Rosenbrock");
  });

  test("--json is the result and nothing else", async () => {
    const { out, error } = await fluxion("bench", ...quick, "--json");
    const { format, workloads, regressions } = JSON.parse(out) as BenchmarkResult & {
      regressions: unknown[];
    };
    expect([format, workloads.length, regressions.length]).toEqual([1, 1, 0]);
    expect(error).toBe("");
  });

  test("a baseline that can't be met gives status 1 and names what regressed", async () => {
    const file = join(folder, "benchmark.json");
    await fluxion("bench", ...quick, "--report", folder);
    const benchmark = JSON.parse(readFileSync(file, "utf8")) as BenchmarkResult;
    const impossible = JSON.stringify(benchmark).replaceAll(/"perByHand":[^,}]+/g, '"perByHand":1e-9');
    writeFileSync(file, impossible);
    const { status, error } = await fluxion("bench", ...quick, "--baseline", file);
    expect(status).toBe(1);
    expect(error).toMatch(/regression: reverse-tape on rosenbrock at n = 10 takes/);
  });

  test("--overhead measures the overhead per operator", async () => {
    const { status, out } = await fluxion("bench", "--overhead", "--rounds", "1", "--time", "1");
    expect(status).toBe(0);
    expect(out).toMatch(/Per scalar operator[^]*forward-dual[^]*reverse-tape/);
  });
});
