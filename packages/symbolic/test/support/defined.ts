import { evaluateNotation, FluxionError, type NotationNode } from "@fluxion/core";
import { expect } from "vitest";
import { parse, type Expression } from "../../src/index.ts";

/** The formula, or undefined where it is refused with a reason: a division by an exact 0, or too large. */
export function attempt(make: () => Expression): Expression | undefined {
  try {
    return make();
  } catch (error) {
    expect(error).toBeInstanceOf(FluxionError);
    expect(["DOMAIN", "LIMIT"]).toContain((error as FluxionError).code);
    return undefined;
  }
}

export const at = (expression: Expression, x: number, y: number): number =>
  expression.evaluate({ x, y }).item();

/** How much a value moves when its arguments move by rounding errors, times a margin; NaN where it is not defined. */
export function wobble(expression: Expression, x: number, y: number): number {
  const step = 1e-9;
  const value = at(expression, x, y);
  const moved = [at(expression, x * (1 + step), y), at(expression, x * (1 - step), y), at(expression, x, y * (1 + step)), at(expression, x, y * (1 - step))]; // prettier-ignore
  return (
    Math.max(...moved.map((other) => Math.abs(other - value))) * 10 + 1e-9 * Math.max(1, Math.abs(value))
  );
}

/** Nothing in the formulas of tests is as large, but beside a pole. */
const POLE = 1e15;

/**
 * Whether every part of a formula that matters has a value: pow(1, NaN) is 1, and has no derivative; tan(π/2) is 1.6e16
 * by rounding, and a pole.
 */
export function isDefined(tree: NotationNode, names: ReadonlyMap<string, number>): boolean {
  const value = evaluateNotation("", tree, names).item();
  if (!(Math.abs(value) < POLE)) return false;
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

const sides = new Map<string, Expression>();

/** The value of one side of a condition; each text is read once. */
function sideAt(text: string, names: Readonly<Record<string, number>>): number {
  const known = sides.get(text) ?? parse(text);
  sides.set(text, known);
  return known.evaluate(names).item();
}

/** Whether the conditions of a result hold at a point. */
export function holds(expression: Expression, names: Readonly<Record<string, number>>): boolean {
  return expression.conditions.every((condition) => {
    const [left, relation, right] = condition.split(/ (~=|>=|>|<) /);
    const [a, b] = [sideAt(left!, names), sideAt(right!, names)];
    return relation === "~=" ? a !== b : relation === ">" ? a > b : relation === ">=" ? a >= b : a < b;
  });
}

/** A difference quotient with an error; undefined where two step sizes disagree: at kinks, poles and jumps. */
export function slope(
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
