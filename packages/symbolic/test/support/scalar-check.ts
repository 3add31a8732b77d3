import { parseNotation } from "@fluxion/core";
import { expect } from "vitest";
import { derive, parse, type Expression } from "../../src/index.ts";
import { holds, isDefined, slope } from "./defined.ts";
import { balance, randomNumbers } from "./numeric.ts";
import type { Interval, ScalarCase } from "./scalar-cases/scalar-case.ts";

type Point = Readonly<Record<string, number>>;

const anywhere: Interval = [-1.6, 1.6];

/** The variables to differentiate by, one for each order. */
const variablesOf = ({ wrt, order = 1 }: ScalarCase): readonly string[] =>
  typeof wrt === "string" ? Array.from({ length: order }, () => wrt) : wrt;

const derived = new Map<ScalarCase, Expression>();

/** The derivative, made once. */
export function deriveCase(given: ScalarCase): Expression {
  const { text, wrt, order } = given;
  const known = derived.get(given) ?? derive(text, { wrt, ...(order !== undefined && { order }) });
  derived.set(given, known);
  return known;
}

/** The formula whose derivative by the last variable is the result. */
function lowerOrder(given: ScalarCase): Expression {
  const variables = variablesOf(given).slice(0, -1);
  return variables.length === 0 ? parse(given.text) : derive(given.text, { wrt: variables });
}

function namesIn({ text, wrt }: ScalarCase): readonly string[] {
  const found = text.match(/[A-Za-z_]\w*(?!\w*\s*\()/g) ?? [];
  return [...new Set([...found, ...[wrt].flat()])].filter((name) => name !== "pi");
}

function pointsFor(given: ScalarCase, count: number, [least, most]: Interval): readonly Point[] {
  const random = randomNumbers(given.text.length * 131 + (given.order ?? 1) * 17 + count);
  return Array.from({ length: count }, () =>
    Object.fromEntries(namesIn(given).map((name) => [name, least + (most - least) * random()])),
  );
}

const near = (found: number, wanted: number, error: number, what: string): void =>
  expect(Math.abs(found - wanted), `${what}: ${found}, expected ${wanted}`).toBeLessThanOrEqual(error);

/** Value against the expected form and against a difference quotient; the printed text means the same; LaTeX balances. */
export function checkValues(given: ScalarCase): void {
  const [result, expected, lower] = [deriveCase(given), parse(given.expected), lowerOrder(given)];
  const again = parse(result.toString());
  const last = variablesOf(given).at(-1)!;
  let measured = 0;
  for (const point of pointsFor(given, 8, given.domain ?? anywhere)) {
    const found = result.evaluate(point).item();
    const scale = Math.max(1, Math.abs(found));
    near(found, expected.evaluate(point).item(), 1e-9 * scale, `${result} and ${given.expected}`);
    near(again.evaluate(point).item(), found, 1e-10 * scale, `${result} read back`);
    const difference = slope((t) => lower.evaluate({ ...point, [last]: t }).item(), point[last]!);
    if (difference === undefined) continue;
    measured++;
    near(found, difference.value, difference.error, `${given.text} by ${last} is ${result}`);
  }
  expect(measured, `points at which ${given.text} has a slope`).toBeGreaterThanOrEqual(3);
  expect(balance(result.toLatex()), result.toLatex()).toBe(0);
}

/**
 * Wherever the original has a slope and the conditions hold, the result is that slope: at negative numbers, at 0 and
 * 1, outside the interval in which the case is usually read. Returns the number of points compared.
 */
export function checkConditions(given: ScalarCase): number {
  const [result, lower] = [deriveCase(given), lowerOrder(given)];
  const last = variablesOf(given).at(-1)!;
  const tree = parseNotation(lower.toString());
  let compared = 0;
  const random = pointsFor(given, 5, [-2.5, 2.5]);
  const special = [0, 1, -1, -0.5].map((x) => ({ ...random[0]!, [last]: x }));
  for (const point of [...random, ...special]) {
    if (!isDefined(tree, new Map(Object.entries(point)))) continue;
    const difference = slope((t) => lower.evaluate({ ...point, [last]: t }).item(), point[last]!);
    if (difference === undefined || !holds(lower, point) || !holds(result, point)) continue;
    compared++;
    near(
      result.evaluate(point).item(),
      difference.value,
      difference.error,
      `${given.text} by ${last} is ${result} at ${JSON.stringify(point)} under ${result.conditions.join(", ")}`,
    );
  }
  return compared;
}
