import * as core from "@fluxion/core";
import { fromData, type Tensor } from "@fluxion/core";
import { transformSync } from "esbuild";
import { expect } from "vitest";
import { printFormula } from "../../src/index-notation/print.ts";
import { textStyle } from "../../src/index-notation/style.ts";
import { reachable, type TensorNode } from "../../src/ir/node.ts";
import { narrowed, varyingAxes } from "../../src/ir/varying.ts";
import { copyInto } from "../../src/ir/rebuild.ts";
import { derive, parse, type DeriveOptions, type Dimensions, type Expression } from "../../src/index.ts";

/** Numbers that depend on the seed only. */
export function randomNumbers(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b) >>> 0;
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35) >>> 0;
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32;
  };
}

export type Lengths = Readonly<Record<string, number>>;
export type Shapes = Readonly<Record<string, Dimensions>>;
/** What a value must be for the formula to exist. */
export type Kind = "positive" | "unit" | "regular" | "spd" | "symmetric" | "sign";

const lengthOf = (dimension: number | string, lengths: Lengths): number =>
  typeof dimension === "number"
    ? dimension
    : dimension.split("*").reduce((product, part) => product * (lengths[part.trim()] ?? Number(part)), 1);

/** A random value of a declared shape. */
export function randomValue(dims: Dimensions, lengths: Lengths, random: () => number, kind?: Kind): Tensor {
  const shape = dims.map((dimension) => lengthOf(dimension, lengths));
  const size = shape.reduce((product, length) => product * length, 1);
  const data = Float64Array.from({ length: size }, () => {
    const u = random();
    if (kind === "positive") return 0.3 + 1.5 * u;
    if (kind === "unit") return 1.6 * u - 0.8;
    if (kind === "sign") return u < 0.5 ? -1 : 1;
    return 2.4 * u - 1.2 + (u < 0.5 ? -0.1 : 0.1);
  });
  const [n = 0] = shape;
  if (kind === "regular") for (let i = 0; i < n; i++) data[i * (n + 1)]! += 3;
  if (kind === "symmetric" || kind === "spd") {
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) data[i * n + j] = data[j * n + i]!;
    if (kind === "spd") for (let i = 0; i < n; i++) data[i * (n + 1)]! += 4 + n;
  }
  return fromData(data, shape);
}

/** The derivative of shape [...y, ...x] by central differences, extrapolated twice. */
export function finiteDifference(
  f: (x: Tensor) => Tensor,
  x: Tensor,
): { readonly data: Float64Array; readonly shape: readonly number[] } {
  const y = f(x);
  const columns = Array.from({ length: x.size }, (_, k) => {
    const difference = (h: number): Float64Array => {
      const shifted = (sign: number): Readonly<Float64Array> => {
        const data = Float64Array.from(x.data);
        data[k]! += sign * h;
        return f(fromData(data, x.shape)).data;
      };
      const [up, down] = [shifted(1), shifted(-1)];
      return up.map((entry, i) => (entry - down[i]!) / (2 * h));
    };
    const h = 4e-3;
    const [a, b, c] = [difference(h), difference(h / 2), difference(h / 4)];
    return a.map((_, i) => {
      const first = (4 * b[i]! - a[i]!) / 3;
      const second = (4 * c[i]! - b[i]!) / 3;
      return (16 * second - first) / 15;
    });
  });
  const data = new Float64Array(y.size * x.size);
  columns.forEach((column, k) => column.forEach((entry, i) => (data[i * x.size + k] = entry)));
  return { data, shape: [...y.shape, ...x.shape] };
}

export function expectClose(
  found: Readonly<Float64Array>,
  wanted: Readonly<Float64Array>,
  tolerance: number,
  what: string,
): void {
  expect(found.length, what).toBe(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  found.forEach((entry, k) => {
    const error = Math.abs(entry - wanted[k]!);
    expect(error, `${what}: entry ${k} is ${entry}, expected ${wanted[k]}`).toBeLessThanOrEqual(
      tolerance * scale,
    );
  });
}

/** Two expressions are one node in one store; or, where a tensor of more than two axes has several forms, equal in numbers. */
export function expectEqual(expression: Expression, other: Expression): void {
  const { node, store, shapes, reader } = expression.parts;
  const copy = copyInto(store, other.parts.node);
  if (copy === node) return;
  const what = `${expression} is not ${printFormula(textStyle, reader, copy, Object.keys(shapes))}`;
  expect(
    [...reachable(node)].some(({ dims }) => dims.length > 2),
    what,
  ).toBe(true);
  const lengths = { m: 2, n: 3, k: 4 };
  for (const kind of [undefined, "positive"] as const) {
    const random = randomNumbers(7);
    const values = Object.fromEntries(
      Object.entries(shapes).map(([name, dims]) => [name, randomValue(dims, lengths, random, kind)]),
    );
    expectClose(other.evaluate(values).data, expression.evaluate(values).data, 1e-12, what);
  }
}

/** What is printed, and the texts of the conditions, are read as the same tensors. */
export function expectReadsBack(expression: Expression): void {
  const { store, shapes, assume } = expression.parts;
  const again = (text: string): TensorNode => copyInto(store, parse(text, { shapes, assume }).parts.node);
  expectEqual(expression, parse(expression.toString(), { shapes, assume }));
  // A scalar stands for an array that is the same everywhere.
  const known = new Set(
    [...store.conditions.values()].flatMap(({ left }) =>
      varyingAxes([left]).length === 0 ? [left, narrowed(store, left, [])] : [left],
    ),
  );
  for (const condition of expression.conditions) {
    const [left] = condition.split(/ (?:(?:~=|>=|>|<) |is simple$)/);
    expect(known.has(again(left!)), `${condition} of ${expression}`).toBe(true);
  }
}

export interface Case {
  readonly text: string;
  readonly wrt: string | readonly string[];
  readonly shapes?: Shapes;
  readonly order?: number;
  readonly kinds?: Readonly<Record<string, Kind>>;
  readonly assume?: DeriveOptions["assume"];
  /** The exact text of the result, where it is fixed. */
  readonly prints?: string;
  /** Another formula for the result. */
  readonly expected?: string | undefined;
}

/** Derives, and compares with finite differences at two sizes and points; the printed text must mean the same. */
export function checkCase({
  text,
  wrt,
  shapes = {},
  order = 1,
  kinds = {},
  assume = {},
  prints,
  expected,
}: Case): Expression {
  const variables = typeof wrt === "string" ? Array.from({ length: order }, () => wrt) : wrt;
  const upTo = (count: number): Expression =>
    variables.slice(0, count).every((name) => name === variables[0])
      ? derive(text, { wrt: variables[0]!, shapes, order: count, assume })
      : derive(text, { wrt: variables.slice(0, count), shapes, assume });
  const derived = upTo(variables.length);
  const lower = variables.length === 1 ? parse(text, { shapes, assume }) : upTo(variables.length - 1);
  const last = variables.at(-1)!;
  const names = new Set([
    ...Object.keys(shapes),
    ...variables,
    ...(text.match(/[A-Za-z_]\w*(?!\w*\s*\()/g) ?? []),
  ]);
  const sizes: readonly Lengths[] = [
    { m: 3, n: 2, k: 4, p: 2 },
    { m: 2, n: 4, k: 3, p: 5 },
  ];
  sizes.forEach((lengths, seed) => {
    const random = randomNumbers(seed * 7919 + text.length * 31 + 17);
    const values: Record<string, Tensor> = {};
    for (const name of names) {
      if (name in lengths && !(name in shapes)) continue;
      values[name] = randomValue(shapes[name] ?? [], lengths, random, kinds[name]);
    }
    const x = values[last]!;
    const wanted = finiteDifference(
      (shifted) => lower.evaluate({ ...lengths, ...values, [last]: shifted }),
      x,
    );
    const found = derived.evaluate({ ...lengths, ...values });
    expect(found.shape, `shape of ${derived}`).toEqual(wanted.shape);
    expectClose(found.data, wanted.data, 2e-7, `${text} by ${String(wrt)} = ${derived}`);
    if (expected !== undefined) {
      const other = parse(expected, { shapes, assume }).evaluate({ ...lengths, ...values });
      expectClose(other.data, wanted.data, 2e-7, `expected ${expected}`);
    }
    if (derived.notation === "matrix") {
      const again = parse(derived.toString(), { shapes, assume }).evaluate({ ...lengths, ...values });
      expectClose(again.data, found.data, 1e-11, `read back: ${derived}`);
    }
    const compiled = runSource(derived.toTypeScript("derivative"), values);
    expect(compiled.shape, derived.toTypeScript()).toEqual(found.shape);
    expectClose(compiled.data, found.data, 1e-11, `generated source of ${derived}`);
  });
  expectReadsBack(derived);
  const latex = derived.toLatex();
  expect(balance(latex), `braces of ${latex}`).toBe(0);
  if (prints !== undefined) expect(derived.toString()).toBe(prints);
  return derived;
}

/** Compiles a generated module and runs the one function that it exports. */
export function runSource(source: string, values: Readonly<Record<string, Tensor>>): Tensor {
  const { code } = transformSync(source, { loader: "ts", format: "cjs" });
  const module: { exports: Record<string, (values: Readonly<Record<string, Tensor>>) => Tensor> } = {
    exports: {},
  };
  // oxlint-disable-next-line typescript/no-implied-eval -- the point is to run what was generated
  const run = new Function("module", "require", `"use strict"; ${code}`) as (
    module: object,
    require: (name: string) => typeof core,
  ) => void;
  run(module, () => core);
  return Object.values(module.exports)[0]!(values);
}

/** Open minus closed braces; -1 if one closes too early, or \left and \right do not match. */
export function balance(latex: string): number {
  let depth = 0;
  for (const character of latex.replaceAll("\\{", "").replaceAll("\\}", "")) {
    if (character === "{") depth++;
    if (character === "}" && --depth < 0) return -1;
  }
  const count = (pattern: RegExp): number => latex.match(pattern)?.length ?? 0;
  return count(/\\left/g) === count(/\\right/g) ? depth : -1;
}

/** A random formula may have no value, as the inverse of ones(n, n) has none. */
export function whereItHasValues(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof core.FluxionError) || error.code !== "DOMAIN") throw error;
  }
}

/** The derivative of a random formula, unless it is refused; anything but a refusal is a mistake. */
export function derivedWherePossible(text: string, wrt: string, shapes: Shapes): Expression | undefined {
  try {
    return derive(text, { wrt, shapes });
  } catch (error) {
    if (error instanceof core.FluxionError) return undefined;
    throw error;
  }
}
