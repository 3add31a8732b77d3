import { atan2, hypot, pow } from "../../../src/functions/index.ts";
import { add, mul, sqrt } from "../reference/big.ts";
import { angle, power } from "../reference/elementary.ts";
import { bitPattern } from "../reference/sampling.ts";
import type { Case } from "./case.ts";

const MAX = Number.MAX_VALUE;
const MIN = Number.MIN_VALUE;

/** Functions of two numbers. */
export const binaryCases: readonly Case[] = [
  {
    name: "pow",
    computed: pow,
    engine: Math.pow,
    exact: power,
    limit: { ulps: 0.85 },
    domain: "x > 0, any y for which the result is in range, half of them even integers",
    draw: (random) => {
      const x = random() < 0.5 ? bitPattern(MIN, MAX, random) : 0.5 + random();
      const logarithm = (random() < 0.3 ? 10 * (random() - 0.5) : -744 + 1453 * random()) / Math.log(x);
      return [x, random() < 0.5 ? logarithm : Math.round(logarithm / 2) * 2 || 4];
    },
    adversarial: [
      [1 + 2 ** -52, 2 ** 52],
      [1 - 2 ** -53, 2 ** 53],
      [1 + 2 ** -52, 3e18],
      [1 - 2 ** -53, 6e18],
      [1.0000001, 5e9],
      [0.9999999, 7e9],
      ...[308, -308, -323].map((y) => [10, y]),
      [2, -1074],
      [2, 1023],
      [MIN, 0.5],
      [MIN, -0.9],
      [MAX, 0.5],
      [MAX, -1],
      [3, 0.5],
      [Math.E, 709],
      [Math.PI, 600],
      [1e300, 1e-10],
      [1e-300, 1e-300],
      [7, 3],
      [0.8560945615203434, 4562],
      [1.2257182981844306, 3480.3791089968854],
      [1.5, 1000],
      [0.1, 300],
    ],
  },
  {
    name: "pow(x, 3)",
    computed: (x) => pow(x, 3),
    engine: (x) => x ** 3,
    exact: (x) => mul(x, mul(x, x)),
    limit: { ulps: 1.5 },
    domain: "-5.6e102 … 5.6e102",
    draw: (random) => [bitPattern(-5.6e102, 5.6e102, random)],
    adversarial: [[5.3e-103], [1e-108], [1.7e-108], [-7]],
  },
  {
    name: "atan2",
    computed: atan2,
    engine: Math.atan2,
    exact: angle,
    limit: { ulps: 2 },
    domain: "all signs and sizes, half of the points with y/x between ±2²⁰",
    draw: (random) => {
      const y = bitPattern(-MAX, MAX, random) || 1;
      const near = y * (2 ** Math.round(38 * (random() - 0.5)) * (random() - 0.5));
      return [
        y,
        random() < 0.5 && Number.isFinite(near) && near !== 0 ? near : bitPattern(-MAX, MAX, random) || 1,
      ];
    },
    adversarial: [
      [1, 1],
      [1e-310, 1e-310],
      [MAX, MAX],
      [MAX, -MAX],
      [1e-300, 1e300],
      [1e-300, -1e300],
      [-1e300, 1e-300],
      [MIN, 1],
      [3, -4],
      [1, -1e-17],
    ],
  },
  {
    name: "hypot",
    computed: hypot,
    engine: Math.hypot,
    exact: (x, y) => sqrt(add(mul(x, x), mul(y, y))),
    limit: { ulps: 2 },
    domain: "all signs and sizes, y/x below 2²⁸",
    draw: (random) => {
      const x = bitPattern(-MAX, MAX, random);
      const y = x * (2 ** Math.round(54 * (random() - 0.5)) * random());
      return [x, Number.isFinite(y) ? y : x];
    },
    adversarial: [
      [3, 4],
      [1e200, 1e200],
      [1e-200, 1e-200],
      [1e308, 1e308],
      [1.3e308, 1.2e308],
      [MIN, MIN],
      [3e-310, 4e-310],
      [1e300, 1e-300],
      [1, 1e-9],
      [1, 2 ** -27],
      [2 ** 511, 2 ** 511],
      [2 ** -511, 2 ** -537],
      [MAX, 1],
      [0, 3e-320],
    ],
  },
];
