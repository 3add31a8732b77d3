import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { binaryCases, type Case, elementaryCases, specialCases } from "./cases/index.ts";
import { accuracyReport, type Row } from "./report.ts";
import { measure } from "./worst.ts";

/** Points per function; `FLUXION_RUNS` enlarges, `FLUXION_ACCURACY` names a file for the table. */
const RUNS = Number(process.env["FLUXION_RUNS"] ?? 500);
const REPORT = process.env["FLUXION_ACCURACY"];

const rows: Row[] = [];

function check(of: Case): void {
  const measured = measure(of, RUNS, 1);
  rows.push({ of, measured });
  const worst = "ulps" in of.limit ? measured.ulps : measured.relative;
  const limit = "ulps" in of.limit ? of.limit.ulps : of.limit.relative;
  expect(worst.error, `${of.name}(${worst.at.join(", ")})`).toBeLessThanOrEqual(limit);
}

describe("every function is within its limit of a reference of 57 digits", () => {
  test.each([...elementaryCases, ...binaryCases, ...specialCases])("$name", (of) => check(of), 3_600_000);
});

afterAll(() => {
  if (REPORT) writeFileSync(REPORT, accuracyReport(rows));
});
