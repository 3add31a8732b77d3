import { parseNotation, type Tensor } from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derive, expand, parse, simplify } from "../src/index.ts";
import { arrayFormula, arrayShapes, scalarFormula, scalarOfArrays } from "./support/arbitrary.ts";
import { at, attempt, holds, isDefined, slope, wobble } from "./support/defined.ts";
import { balance, finiteDifference, randomNumbers, randomValue } from "./support/numeric.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 150);

const points = [
  [0.7, 1.9],
  [-1.3, 0.4],
  [2.2, -0.6],
] as const;

describe("scalar formulas", () => {
  it.each([
    ["simplify", (text: string) => simplify(text)],
    ["expand", (text: string) => expand(text)],
    ["derive of order 0", (text: string) => derive(text, { wrt: "x", order: 0 })],
  ] as const)("%s changes no value", (_, change) => {
    fc.assert(
      fc.property(scalarFormula, (text) => {
        const before = attempt(() => parse(text));
        const after = attempt(() => change(text));
        if (before === undefined || after === undefined) return;
        for (const [x, y] of points) {
          const tolerance = wobble(before, x, y);
          // Where a condition fails, the shorter form may exist although the original does not.
          if (!(tolerance < 1e3) || !holds(after, { x, y })) continue;
          expect(Math.abs(at(after, x, y) - at(before, x, y)), `${text} became ${after}`).toBeLessThanOrEqual(
            tolerance,
          );
        }
      }),
      { numRuns: runs },
    );
  });

  it("what is printed reads back as the same", () => {
    fc.assert(
      fc.property(scalarFormula, (text) => {
        const simple = attempt(() => simplify(text));
        if (simple === undefined) return;
        const again = parse(simple.toString());
        for (const [x, y] of points) {
          const [a, b] = [at(simple, x, y), at(again, x, y)];
          if (Number.isFinite(a))
            expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a)));
        }
        expect(balance(simple.toLatex()), simple.toLatex()).toBe(0);
      }),
      { numRuns: runs },
    );
  });

  it("simplifying never makes a formula longer", () => {
    fc.assert(
      fc.property(scalarFormula, (text) => {
        const simple = attempt(() => simplify(text));
        const again = simple && attempt(() => simplify(simple.toString()));
        if (simple === undefined || again === undefined) return;
        expect(again.operationCount).toBeLessThanOrEqual(simple.operationCount + 1);
      }),
      { numRuns: runs },
    );
  });

  it("derivatives agree with finite differences", () => {
    fc.assert(
      fc.property(scalarFormula, (text) => {
        const before = attempt(() => parse(text));
        const derived = attempt(() => derive(text, { wrt: "x" }));
        if (before === undefined || derived === undefined) return;
        for (const [x, y] of points) {
          if (!isDefined(parseNotation(text), new Map(Object.entries({ x, y })))) continue;
          const difference = slope((t) => at(before, t, y), x);
          if (difference === undefined || !holds(derived, { x, y })) continue;
          const found = at(derived, x, y);
          expect(Math.abs(found - difference.value), `${text} by x is ${derived} = ${found}, expected ${difference.value}`)
            .toBeLessThanOrEqual(difference.error); // prettier-ignore
        }
      }),
      { numRuns: runs },
    );
  });
});

describe("formulas of linear algebra", () => {
  const lengths = { m: 2, n: 3 };
  const valuesFor = (seed: number): Record<string, Tensor> => {
    const random = randomNumbers(seed);
    const entries = Object.entries(arrayShapes).map(
      ([name, dims]) => [name, randomValue(dims, lengths, random, "unit")] as const,
    );
    return Object.fromEntries(entries);
  };

  const check = (text: string, wrt: keyof typeof arrayShapes, order: number): void => {
    const shapes = arrayShapes;
    const derived = attempt(() => derive(text, { wrt, order, shapes }));
    if (derived === undefined) return;
    const lower = order === 1 ? parse(text, { shapes }) : derive(text, { wrt, order: order - 1, shapes });
    const values = valuesFor(text.length);
    const wanted = finiteDifference((moved) => lower.evaluate({ ...values, [wrt]: moved }), values[wrt]!);
    const size = Math.max(1, ...wanted.data.map(Math.abs));
    if (!(size < 1e4)) return;
    const found = derived.evaluate(values);
    expect(found.shape).toEqual(wanted.shape);
    found.data.forEach((entry, k) =>
      expect(Math.abs(entry - wanted.data[k]!), `${text} by ${wrt}: ${derived}`).toBeLessThanOrEqual(
        1e-5 * size,
      ),
    );
    if (derived.notation === "index") return;
    const again = parse(derived.toString(), { shapes }).evaluate(values);
    again.data.forEach((entry, k) =>
      expect(Math.abs(entry - found.data[k]!), `read back: ${derived}`).toBeLessThanOrEqual(1e-9 * size),
    );
    expect(balance(derived.toLatex()), derived.toLatex()).toBe(0);
  };

  it("derivatives agree with finite differences, and print what they are", () => {
    fc.assert(
      fc.property(arrayFormula, fc.constantFrom("x", "A", "X", "s", "u"), (text, wrt) =>
        check(text, wrt as "x", 1),
      ),
      { numRuns: runs },
    );
  });

  it("second derivatives too", () => {
    fc.assert(
      fc.property(scalarOfArrays, fc.constantFrom("x", "u", "s"), (text, wrt) => check(text, wrt as "x", 2)),
      { numRuns: Math.ceil(runs / 4) },
    );
  });
});
