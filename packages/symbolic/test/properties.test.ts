import { evaluateNotation, FluxionError, parseNotation, type NotationNode, type Tensor } from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derive, expand, parse, simplify, type Expression } from "../src/index.ts";
import { arrayFormula, arrayShapes, scalarFormula, scalarOfArrays } from "./support/arbitrary.ts";
import { balance, finiteDifference, randomNumbers, randomValue } from "./support/numeric.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 150);

/** The formula, or undefined where it is refused with a reason: a division by an exact 0, or too large. */
function attempt(make: () => Expression): Expression | undefined {
  try {
    return make();
  } catch (error) {
    expect(error).toBeInstanceOf(FluxionError);
    expect(["DOMAIN", "LIMIT"]).toContain((error as FluxionError).code);
    return undefined;
  }
}

const at = (expression: Expression, x: number, y: number): number => expression.evaluate({ x, y }).item();

/** How much a value moves when its arguments move by rounding errors, times a margin; NaN where it is not defined. */
function wobble(expression: Expression, x: number, y: number): number {
  const step = 1e-9;
  const value = at(expression, x, y);
  const moved = [at(expression, x * (1 + step), y), at(expression, x * (1 - step), y), at(expression, x, y * (1 + step)), at(expression, x, y * (1 - step))]; // prettier-ignore
  return (
    Math.max(...moved.map((other) => Math.abs(other - value))) * 10 + 1e-9 * Math.max(1, Math.abs(value))
  );
}

/** Whether every part of a formula that matters has a value: pow(1, NaN) is 1, and has no derivative. */
function isDefined(tree: NotationNode, names: ReadonlyMap<string, number>): boolean {
  const value = evaluateNotation("", tree, names).item();
  if (!Number.isFinite(value)) return false;
  switch (tree.kind) {
    case "binary":
      return isDefined(tree.left, names) && isDefined(tree.right, names);
    case "negate":
    case "transpose":
      return isDefined(tree.operand, names);
    case "call": {
      if (tree.name !== "where") return tree.operands.every((operand) => isDefined(operand, names));
      const [condition, whenTrue, whenFalse] = tree.operands as [NotationNode, NotationNode, NotationNode];
      const chosen = evaluateNotation("", condition, names).item() !== 0 ? whenTrue : whenFalse;
      return isDefined(condition, names) && isDefined(chosen, names);
    }
    default:
      return true;
  }
}

/** Whether the conditions of a result hold at a point. */
function holds(expression: Expression, names: Readonly<Record<string, number>>): boolean {
  return expression.conditions.every((condition) => {
    const [left, relation, right] = condition.split(/ (~=|>=|>|<) /);
    const [a, b] = [left!, right!].map((text) => simplify(text).evaluate(names).item()) as [number, number];
    return relation === "~=" ? a !== b : relation === ">" ? a > b : relation === ">=" ? a >= b : a < b;
  });
}

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

/** A difference quotient with an error; undefined where two step sizes disagree: at kinks, poles and jumps. */
function slope(
  f: (x: number) => number,
  x: number,
): { readonly value: number; readonly error: number } | undefined {
  const quotient = (h: number): number => {
    const central = (k: number): number => (f(x + k) - f(x - k)) / (2 * k);
    return (4 * central(h / 2) - central(h)) / 3;
  };
  const [a, b, c] = [quotient(2e-3), quotient(1e-3), quotient(4e-4)];
  const spread = Math.max(Math.abs(a - b), Math.abs(b - c));
  const size = Math.max(1, Math.abs(b), Math.abs(f(x)));
  if (!(spread < 1e-5 * size)) return undefined;
  return { value: c, error: 10 * spread + 1e-7 * size };
}

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
