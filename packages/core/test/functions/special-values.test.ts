import { describe, expect, test } from "vitest";
import * as functions from "../../src/functions/index.ts";

const INF = Infinity;
const MAX = Number.MAX_VALUE;
const MIN = Number.MIN_VALUE;
const { PI } = Math;

/** x, f(x) pairs that must hold exactly; `toBe` tells -0 from 0. */
// prettier-ignore
const unary: Readonly<Record<string, readonly (readonly [x: number, y: number])[]>> = {
  neg: [[0, -0], [-0, 0], [INF, -INF], [-INF, INF], [MIN, -MIN]],
  abs: [[0, 0], [-0, 0], [-INF, INF], [-MIN, MIN]],
  sign: [[0, 0], [-0, -0], [INF, 1], [-INF, -1], [MIN, 1], [-MIN, -1]],
  square: [[0, 0], [-0, 0], [-INF, INF], [1e200, INF], [1e-200, 0], [-3, 9]],
  sqrt: [[0, 0], [-0, -0], [INF, INF], [-INF, NaN], [-MIN, NaN], [4, 2]],
  cbrt: [[0, 0], [-0, -0], [INF, INF], [-INF, -INF], [-27, -3], [1e-300, 1e-100]],
  reciprocal: [[0, INF], [-0, -INF], [INF, 0], [-INF, -0], [4, 0.25], [MIN, INF]],
  exp: [[0, 1], [-0, 1], [INF, INF], [-INF, 0], [710, INF], [-746, 0], [MIN, 1]],
  expm1: [[0, 0], [-0, -0], [INF, INF], [-INF, -1], [710, INF], [-100, -1], [MIN, MIN]],
  log: [[0, -INF], [-0, -INF], [1, 0], [INF, INF], [-1, NaN], [-INF, NaN]],
  log1p: [[0, 0], [-0, -0], [-1, -INF], [INF, INF], [-1.5, NaN], [MIN, MIN]],
  log2: [[0, -INF], [-0, -INF], [1, 0], [INF, INF], [-1, NaN], [8, 3], [MIN, -1074], [2 ** 1023, 1023]],
  log10: [
    [0, -INF], [-0, -INF], [1, 0], [INF, INF], [-1, NaN], [1000, 3], [1e300, 300], [1e-300, -300],
    [1e22, 22],
  ],
  sin: [[0, 0], [-0, -0], [INF, NaN], [-INF, NaN], [MIN, MIN]],
  cos: [[0, 1], [-0, 1], [INF, NaN], [-INF, NaN]],
  tan: [[0, 0], [-0, -0], [INF, NaN], [-INF, NaN], [MIN, MIN]],
  asin: [[0, 0], [-0, -0], [1, PI / 2], [-1, -PI / 2], [1.1, NaN], [INF, NaN], [MIN, MIN]],
  acos: [[1, 0], [0, PI / 2], [-1, PI], [1.1, NaN], [-INF, NaN]],
  atan: [[0, 0], [-0, -0], [INF, PI / 2], [-INF, -PI / 2], [MIN, MIN]],
  sinh: [[0, 0], [-0, -0], [INF, INF], [-INF, -INF], [711, INF], [-711, -INF], [MIN, MIN], [-MIN, -MIN]],
  cosh: [[0, 1], [-0, 1], [INF, INF], [-INF, INF], [711, INF], [-711, INF]],
  tanh: [[0, 0], [-0, -0], [INF, 1], [-INF, -1], [MAX, 1], [-30, -1], [MIN, MIN], [-MIN, -MIN]],
  asinh: [[0, 0], [-0, -0], [INF, INF], [-INF, -INF], [MIN, MIN]],
  acosh: [[1, 0], [INF, INF], [0.5, NaN], [-INF, NaN]],
  atanh: [[0, 0], [-0, -0], [1, INF], [-1, -INF], [1.1, NaN], [INF, NaN], [MIN, MIN]],
  sigmoid: [[0, 0.5], [-0, 0.5], [INF, 1], [-INF, 0], [MAX, 1], [-MAX, 0], [40, 1]],
  softplus: [[0, Math.LN2], [-0, Math.LN2], [INF, INF], [-INF, 0], [MAX, MAX], [-MAX, 0], [1000, 1000]],
  relu: [[0, 0], [-0, -0], [INF, INF], [-INF, 0], [-MIN, 0], [MIN, MIN]],
  erf: [[0, 0], [-0, -0], [INF, 1], [-INF, -1], [7, 1], [-7, -1], [-MAX, -1]],
  erfc: [[0, 1], [-0, 1], [INF, 0], [-INF, 2], [28, 0], [-7, 2], [MAX, 0]],
  lgamma: [
    [0, INF], [-0, INF], [1, 0], [2, 0], [-1, INF], [-2, INF], [-1e17, INF], [INF, INF], [-INF, INF],
    [MAX, INF], [3, Math.LN2],
  ],
  digamma: [
    [0, -INF], [-0, INF], [-1, NaN], [-2, NaN], [-1e17, NaN], [INF, INF], [-INF, NaN], [MIN, -INF],
    [-MIN, INF],
  ],
  floor: [
    [0, 0], [-0, -0], [INF, INF], [-INF, -INF], [-0.5, -1], [2.5, 2], [MIN, 0], [-MIN, -1],
    [2 ** 53, 2 ** 53],
  ],
  ceil: [[0, 0], [-0, -0], [INF, INF], [-INF, -INF], [-0.5, -0], [2.5, 3], [MIN, 1], [-MIN, -0]],
  round: [
    [0, 0], [-0, -0], [INF, INF], [-INF, -INF], [0.5, 0], [1.5, 2], [2.5, 2], [3.5, 4], [-0.5, -0], [-1.5, -2],
    [-2.5, -2], [MIN, 0], [-MIN, -0], [0.49999999999999994, 0], [2 ** 52 - 0.5, 2 ** 52],
    [2 ** 52 + 1, 2 ** 52 + 1], [-(2 ** 52) + 0.5, -(2 ** 52)], [1e300, 1e300],
  ],
};

type Row = readonly [x: number, y: number, z: number];

/** pow by IEEE 754-2019 §9.2.1. */
// prettier-ignore
const pow: readonly Row[] = [
  ...[0, -0].flatMap((y) => [NaN, 0, -0, 1, -1, INF, -INF, 5].map((x): Row => [x, y, 1])),
  ...[NaN, INF, -INF, 0, -7.5, MAX].map((y): Row => [1, y, 1]), [-1, INF, 1], [-1, -INF, 1],
  [-1, NaN, NaN], [NaN, 1, NaN], [2, NaN, NaN], [0, 3, 0], [-0, 3, -0], [0, 2, 0], [-0, 2, 0],
  [0, 0.5, 0], [-0, 0.5, 0], [0, -3, INF], [-0, -3, -INF], [0, -2, INF], [-0, -2, INF], [-0, -1, -INF],
  [0, -INF, INF], [-0, -INF, INF], [-0, INF, 0], [0.5, INF, 0], [0.5, -INF, INF], [-0.5, INF, 0],
  [2, INF, INF], [2, -INF, 0], [-2, INF, INF], [-2, -INF, 0], [INF, 3, INF], [INF, -3, 0],
  [-INF, 3, -INF], [-INF, 2, INF], [-INF, -3, -0], [-INF, -2, 0], [-INF, 0.5, INF], [INF, 0.1, INF],
  [-8, 1 / 3, NaN], [-2, 0.5, NaN], [-2, 3, -8], [-2, 4, 16], [-2, -1, -0.5], [-1, 2 ** 53, 1],
  [-1, 2 ** 53 - 1, -1], [10, 309, INF], [-10, 309, -INF], [10, -324, 0], [-10, -325, -0],
  [2, 1024, INF], [2, -1074, MIN], [1.5, 1e300, INF], [0.5, 1e300, 0], [MAX, MAX, INF], [MIN, MAX, 0],
  [MIN, -MAX, INF], [MAX, MIN, 1], [3, 5, 243], [7, 12, 13841287201], [1.5, 10, 57.6650390625],
  [2, -1, 0.5],
];

// prettier-ignore
const others: Readonly<Record<string, readonly Row[]>> = {
  pow,
  atan2: [
    [0, 1, 0], [-0, 1, -0], [0, -1, PI], [-0, -1, -PI], [0, 0, 0], [-0, 0, -0], [0, -0, PI], [-0, -0, -PI],
    [1, 0, PI / 2], [-1, 0, -PI / 2], [1, INF, 0], [1, -INF, PI], [INF, 1, PI / 2], [INF, INF, PI / 4],
    [-INF, -INF, (-3 * PI) / 4], [NaN, 1, NaN],
  ],
  hypot: [
    [0, 0, 0], [-0, -0, 0], [3, 4, 5], [-3, -4, 5], [INF, NaN, INF], [NaN, -INF, INF], [NaN, 0, NaN],
    [0, NaN, NaN], [MAX, 0, MAX], [0, -MIN, MIN], [MAX, MAX, INF], [3 * 2 ** 600, 4 * 2 ** 600, 5 * 2 ** 600],
    [3 * MIN, 4 * MIN, 5 * MIN], [1e300, MIN, 1e300],
  ],
  maximum: [
    [1, 2, 2], [0, -0, 0], [-0, 0, 0], [NaN, 1, NaN], [1, NaN, NaN], [NaN, INF, NaN], [-INF, INF, INF],
    [-INF, -1, -1],
  ],
  minimum: [
    [1, 2, 1], [0, -0, -0], [-0, 0, -0], [NaN, 1, NaN], [1, NaN, NaN], [NaN, -INF, NaN], [-INF, INF, -INF],
    [INF, 1, 1],
  ],
  polygamma: [
    [0, INF, INF], [1, INF, 0], [2, INF, -0], [1, 0, INF], [1, -0, INF], [2, 0, -INF], [2, -0, INF],
    [1, -3, INF], [2, -3, NaN], [3, -1, INF], [1, -INF, NaN], [2, -INF, NaN], [1, NaN, NaN], [2, NaN, NaN],
    [1, 1e-200, INF], [2, 1e-200, -INF], [2, -1e-200, INF], [1, 1e300, 1e-300],
    [171, 1, INF], [172, 1, -INF], [999999, 0.5, INF], [999999, 5e5, 0], [171, -0.5, INF], [172, -0.5, NaN],
  ],
};

describe("special values", () => {
  for (const [name, rows] of Object.entries({ ...unary })) {
    const f = functions[name as keyof typeof functions] as (x: number) => number;
    test.each([...rows, [NaN, NaN] as const])(`${name}(%d) = %d`, (x, y) => expect(f(x)).toBe(y));
  }
  for (const [name, rows] of Object.entries(others)) {
    const f = functions[name as keyof typeof functions];
    test.each(rows)(`${name}(%d, %d) = %d`, (x, y, z) => expect(f(x, y)).toBe(z));
  }
  test("every function has a table", () => {
    expect(Object.keys({ ...unary, ...others }).toSorted()).toEqual(Object.keys(functions).toSorted());
  });
});
