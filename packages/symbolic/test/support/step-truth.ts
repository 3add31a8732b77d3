import { fromData, type Tensor } from "@fluxion/core";
import { expect } from "vitest";
import { derive, parse, type Dimensions, type Step, type StepStyle } from "../../src/index.ts";
import { evaluateIndexedText, evaluatePlainText, type World } from "./indexed-text.ts";
import {
  expectClose,
  finiteDifference,
  randomNumbers,
  randomValue,
  type Kind,
  type Shapes,
} from "./numeric.ts";

/** A derivation whose lines are checked. */
export interface Derivation {
  readonly text: string;
  readonly wrt: string | readonly string[];
  readonly shapes?: Shapes;
  readonly order?: number;
  readonly style?: StepStyle;
  readonly kinds?: Readonly<Record<string, Kind>>;
}

/** Names of the result, of inner parts and of differentials in one derivation, with their values. */
interface Lines extends World {
  readonly wrt: string;
  /** The formula that is differentiated, called z, and its inner parts. */
  readonly formulas: ReadonlyMap<string, string>;
  /** Indices that are free in the current line, with lengths where those are not told by its arrays (else 0). */
  readonly free: ReadonlyMap<string, number>;
}

/** What both sides of a line are, as numbers. */
export interface CheckedStep {
  readonly step: Step;
  readonly checked: boolean;
}

const LENGTHS = { m: 3, n: 2, k: 4, p: 2 };

/** Derives, and evaluates both sides of every line at random values; fails where they differ. */
export function checkSteps({
  text,
  wrt,
  shapes = {},
  order = 1,
  style,
  kinds = {},
}: Derivation): readonly CheckedStep[] {
  const names = typeof wrt === "string" ? Array.from({ length: order }, () => wrt) : wrt;
  const random = randomNumbers(text.length * 31 + names.length);
  const values: Record<string, Tensor | number> = { ...LENGTHS };
  const found = new Set([
    ...Object.keys(shapes),
    ...names,
    ...(text.match(/[A-Za-z_]\w*(?!\w*\s*\()/g) ?? []),
  ]);
  for (const name of found) if (!(name in LENGTHS)) values[name] = randomValue(shapes[name] ?? [], LENGTHS, random, kinds[name]); // prettier-ignore
  const declared = { shapes, ...(style !== undefined && { style }) };
  const checked: CheckedStep[] = [];
  let formula = text;
  let shown = 0;
  names.forEach((name, stage) => {
    const steps = derive(text, { ...declared, wrt: names.slice(0, stage + 1) }).steps;
    const derived = derive(text, { ...declared, wrt: names.slice(0, stage + 1) });
    const own = steps.slice(shown);
    shown = steps.length;
    if (own.length === 0) throw new Error(`${text}: no step for ${name}`);
    expect(own.at(-1)!.after, "the last step is the answer as printed").toBe(derived.toString());
    checked.push(
      ...checkStage(
        { shapes, values, wrt: name, formulas: new Map([["", formula]]), free: new Map() },
        own,
        random,
      ),
    );
    formula = derived.toString();
  });
  return checked;
}

function checkStage(start: Lines, steps: readonly Step[], random: () => number): readonly CheckedStep[] {
  let lines = withDifferential(start, start.wrt, randomValue(dimsOf(start, start.wrt), LENGTHS, random));
  return steps.map((step) => {
    if (step.rule.startsWith("name the inner part")) lines = withDefinitions(lines, step);
    lines = { ...lines, free: freeIndices(lines, step) };
    const [left, right] = [sideOf(lines, step.before), sideOf(lines, step.after)];
    if (left === undefined || right === undefined) return { step, checked: false };
    expectClose(left, right, 1e-6, `${step.rule}: ${step.before} = ${step.after}`);
    return { step, checked: true };
  });
}

/** The free indices of a line in order, with their lengths: those of dz[i,j]/dX[k,l], which hold until the next such line. */
function freeIndices(lines: Lines, { before, after }: Step): ReadonlyMap<string, number> {
  const symbol = /^d(\w+)(?:\[(.*?)\])?\/d(\w+)(?:\[(.*?)\])?$/.exec(before);
  if (symbol !== null) {
    const [, over, own, by, other] = symbol as unknown as [string, string, string?, string?, string?];
    const shape = evaluatePlainText(formulaOf(lines, over), lines).shape;
    const lengths = [...shape, ...(lines.values[by!] as Tensor).shape];
    const listed = /^\[([\w,:*]*)\] /.exec(after)?.[1]?.split(",").map(withoutLength);
    const letters = listed ?? [own, other].flatMap((list) => list?.split(",") ?? []);
    return new Map(letters.map((letter, axis) => [letter, lengths[axis]!]));
  }
  const ratio = /^d\((.*)\)\/d(\w+)\[(.*)\]$/s.exec(before);
  if (ratio !== null) {
    const own = freeLetters(ratio[1]!).map((letter) => [letter, 0] as const);
    const shape = (lines.values[ratio[2]!] as Tensor).shape;
    return new Map([...own, ...ratio[3]!.split(",").map((letter, axis) => [letter, shape[axis]!] as const)]);
  }
  return before.includes("[") ? lines.free : new Map(freeLetters(after).map((letter) => [letter, 0]));
}

/** Indices that are read and not summed over, in the order in which indices are given out. */
function freeLetters(text: string): readonly string[] {
  const bound = new Set(
    [...text.matchAll(/sum\[([\w,:*]*)\]/g)].flatMap((match) => match[1]!.split(",").map(withoutLength)),
  );
  const letters = [...text.matchAll(/[\w)]\[([\w,]+)\]/g)].flatMap((match) => match[1]!.split(","));
  return [..."ijklpqrstuv"].filter((letter) => letters.includes(letter) && !bound.has(letter));
}

/** What a name stands for: an inner part, or the formula itself; in ∂z/∂a that is the formula in a. */
const formulaOf = ({ formulas }: Lines, name: string): string => formulas.get(name) ?? formulas.get("")!;

const dimsOf = ({ shapes }: Lines, name: string): Dimensions => shapes[name] ?? [];

const withDifferential = (lines: Lines, name: string, value: Tensor): Lines => ({
  ...lines,
  shapes: { ...lines.shapes, [`d${name}`]: dimsOf(lines, name) },
  values: { ...lines.values, [`d${name}`]: value },
});

/** `… with a = X*w - y, b = exp(a)`: their values, and those of their differentials, follow from those of w and dw. */
function withDefinitions(start: Lines, step: Step): Lines {
  const [outer, listed] = step.after.split(" with ") as [string, string];
  let lines: Lines = { ...start, formulas: new Map([...start.formulas, ["outer", outer]]) };
  for (const [, name, text] of listed.matchAll(/(\w+) = (.*?)(?=, \w+ = |$)/g)) {
    const value = evaluatePlainText(text!, lines);
    const symbols = parse(text!, { shapes: lines.shapes }).shape;
    const differential = directional(text!, lines);
    lines = {
      ...lines,
      shapes: { ...lines.shapes, [name!]: symbols, [`d${name!}`]: symbols },
      values: { ...lines.values, [name!]: value, [`d${name!}`]: differential },
      formulas: new Map([...lines.formulas, [name!, text!]]),
    };
  }
  return lines;
}

/** d(text): the derivative by t of the text at x + t·dx, for every x that has a dx. */
function directional(text: string, lines: Lines): Tensor {
  const at = (t: Tensor): Tensor => {
    const moved = Object.entries(lines.values).map(([name, value]) => {
      const step = lines.values[`d${name}`];
      if (step === undefined || typeof value === "number" || typeof step === "number")
        return [name, value] as const;
      return [
        name,
        fromData(
          value.data.map((entry, k) => entry + t.item() * step.data[k]!),
          value.shape,
        ),
      ] as const;
    });
    return evaluatePlainText(text, { ...lines, values: Object.fromEntries(moved) });
  };
  const { data, shape } = finiteDifference(at, fromData(new Float64Array(1), []));
  return fromData(data, shape);
}

/** The entries of one side of a line, the axes of a numerator first; undefined for what only words say. */
function sideOf(lines: Lines, side: string): Float64Array | undefined {
  const text = side.replace(/ with .*/s, "");
  const differential = /^d\((.*)\)$/s.exec(text);
  if (differential !== null && isBalanced(differential[1]!))
    return Float64Array.from(directional(differential[1]!, lines).data);
  const ratio = /^d\((.*)\)\/d(\w+)(?:\[.*\])?$/s.exec(text);
  if (ratio !== null && isBalanced(ratio[1]!)) return derivativeOf(lines, ratio[1]!, ratio[2]!);
  const symbol = /^d(\w+)(?:\[.*?\])?\/d(\w+)(?:\[.*?\])?$/.exec(text);
  if (symbol !== null) {
    const [, over, by] = symbol as unknown as [string, string, string];
    return derivativeOf(lines, by === lines.wrt ? formulaOf(lines, over) : lines.formulas.get("outer")!, by);
  }
  const factors = text.split(" * ").map((factor) => /^d(\w+)\/d(\w+)$/.exec(factor));
  if (factors.length === 2 && !factors.includes(null)) return chained(lines, factors as RegExpExecArray[]);
  if (text.includes(" * d") || (/^d\w$/.test(text) && !(text in lines.values))) return undefined;
  const indexed = /^\[([\w,:*]*)\] (.*)$/s.exec(text);
  if (indexed !== null)
    return evaluateIndexedText(indexed[2]!, indexed[1]!.split(",").map(withoutLength), lines, lines.free);
  if (text.includes("[")) return evaluateIndexedText(text, [...lines.free.keys()], lines, lines.free);
  return Float64Array.from(evaluatePlainText(text, lines).data);
}

/** dz/da * da/dw, as a row times a matrix. */
function chained(lines: Lines, [first, second]: readonly RegExpExecArray[]): Float64Array {
  const row = sideOf(lines, first![0])!;
  const matrix = sideOf(lines, second![0])!;
  const columns = matrix.length / row.length;
  return Float64Array.from({ length: columns }, (_, j) =>
    row.reduce((total, entry, i) => total + entry * matrix[i * columns + j]!, 0),
  );
}

/** Jacobian of a text, which has indices or not. */
function derivativeOf(lines: Lines, text: string, by: string): Float64Array {
  const x = lines.values[by];
  if (x === undefined || typeof x === "number") throw new Error(`${by} has no value`);
  const f = (moved: Tensor): Tensor => {
    const world = { ...lines, values: { ...lines.values, [by]: moved } };
    if (!text.includes("[")) return evaluatePlainText(text, world);
    const entries = evaluateIndexedText(text, freeLetters(text), world, lines.free);
    return fromData(entries, [entries.length]);
  };
  return finiteDifference(f, x).data;
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth++;
    if (character === ")" && --depth < 0) return false;
  }
  return depth === 0;
}

/** An index may stand with its length where it is introduced: i:n. */
const withoutLength = (letter: string): string => letter.split(":")[0]!;
