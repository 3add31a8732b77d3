import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { published } from "./support/published-cases.ts";
import { tableLines } from "./support/table.ts";

/** The numbers of a row: the median error, three counts, the bad ones, the claims that hold and how many, the calls. */
function numbers(row: string): number[] {
  return row
    .split("|")
    .slice(2)
    .flatMap((cell) => cell.match(/[\d.]+(e-\d+)?/g) ?? [])
    .map(Number);
}

test("the page of the comparison has the row that the script prints", () => {
  const page = readFileSync(new URL("../../../docs/numeric-differentiation.md", import.meta.url), "utf8");
  const printed = numbers(page.split("\n").find((line) => line.includes("Fluxion `differentiate`"))!);
  const here = numbers(tableLines(false)[0]!);
  expect(published).toHaveLength(81);
  expect(here.slice(5, 7)).toEqual([81, 81]);
  expect(printed.slice(5, 7)).toEqual([81, 81]);
  expect(here).toHaveLength(printed.length);
  // Engines differ in the last digit of sin and exp, and errors here are last digits.
  expect(here[0]! / printed[0]!).toBeGreaterThan(0.5);
  expect(here[0]! / printed[0]!).toBeLessThan(2);
  here.slice(1, 5).forEach((count, i) => expect(Math.abs(count - printed[i + 1]!)).toBeLessThanOrEqual(2));
  here.slice(7).forEach((calls, i) => expect(Math.abs(calls - printed[i + 7]!)).toBeLessThanOrEqual(6));
});
