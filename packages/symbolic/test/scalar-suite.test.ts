import { describe, expect, it } from "vitest";
import { parse } from "../src/index.ts";
import { scalarCases } from "./support/scalar-cases.ts";
import { checkConditions, checkValues, deriveCase } from "./support/scalar-check.ts";

describe("the scalar suite", () => {
  for (const given of scalarCases) {
    const variables = [given.wrt].flat().join(", ");
    it(`${given.text} by ${variables}, order ${given.order ?? [given.wrt].flat().length}`, () => checkValues(given)); // prettier-ignore
  }

  it("has 150 cases and more, of orders 1 to 5, partial and mixed, each with a source", () => {
    expect(scalarCases.length).toBeGreaterThanOrEqual(150);
    expect(new Set(scalarCases.map((given) => given.order ?? 1))).toEqual(new Set([1, 2, 3, 4, 5]));
    expect(scalarCases.filter((given) => typeof given.wrt !== "string").length).toBeGreaterThan(10);
    expect(scalarCases.every((given) => given.source.length > 0)).toBe(true);
    const keys = scalarCases.map(({ text, wrt, order = 1 }) => JSON.stringify([text, wrt, order]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("prints hardly more operations than a careful person", () => {
    let [printed, expected] = [0, 0];
    for (const given of scalarCases) {
      printed += deriveCase(given).operationCount;
      expected += parse(given.expected).operationCount;
    }
    expect(printed / expected).toBeLessThanOrEqual(1.05);
  });

  it("holds wherever its conditions do", () => {
    const compared = scalarCases.reduce((total, given) => total + checkConditions(given), 0);
    expect(compared).toBeGreaterThan(4 * scalarCases.length);
  });
});
