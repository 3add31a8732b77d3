import { describe, expect, it } from "vitest";
import { parse } from "../src/index.ts";
import { matrixCases } from "./support/matrix-cases/all.ts";
import { type CaseRow, shapesOf } from "./support/matrix-cases/case.ts";
import { checkCase, type Kind } from "./support/numeric.ts";

/** A value that an assumption holds for. */
const kindsOf = ([, , , { assume = {}, kinds = {} } = {}]: CaseRow): Readonly<Record<string, Kind>> => ({
  ...(assume as Readonly<Record<string, Kind>>),
  ...kinds,
});

const printed = new Map(matrixCases.map(({ source }) => [source, [] as string[]]));
const ratios: number[] = [];

describe.each(matrixCases.map((group) => [group.source, group] as const))("%s", (source, group) => {
  for (const row of group.rows) {
    const [text, wrt, expected, { order = 1, assume = {} } = {}] = row;
    it(`${text} by ${[wrt].flat().join(", ")}${order > 1 ? `, order ${order}` : ""}`, () => {
      const shapes = shapesOf(group, row);
      const derived = checkCase({ text, wrt, shapes, order, assume, kinds: kindsOf(row), expected });
      printed
        .get(source)!
        .push(`${text} by ${[wrt].flat().join(", ")}${order > 1 ? ` (${order})` : ""}: ${derived}`);
      if (expected === undefined) return;
      expect(derived.notation).toBe("matrix");
      ratios.push((derived.operationCount + 1) / (parse(expected, { shapes, assume }).operationCount + 1));
    });
  }
});

describe("answers", () => {
  it("are as short as a careful person's", () => {
    expect(ratios.length).toBeGreaterThan(250);
    const sorted = [...ratios].sort((a, b) => a - b);
    expect(sorted[sorted.length >> 1]).toBeLessThanOrEqual(1);
    expect(ratios.filter((ratio) => ratio > 1).length).toBeLessThanOrEqual(ratios.length / 50);
  });
  it("are printed as before", async () => {
    const groups = [...printed].map(([source, answers]) => [source, ...answers].join("\n"));
    await expect(`${groups.join("\n\n")}\n`).toMatchFileSnapshot("support/matrix-cases/printed.txt");
  });
});
