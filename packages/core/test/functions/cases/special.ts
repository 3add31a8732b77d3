import { digamma, erf, erfc, lgamma, polygamma } from "../../../src/functions/index.ts";
import type { Big } from "../reference/big.ts";
import { around } from "../reference/sampling.ts";
import * as exact from "../reference/special.ts";
import { type Case, huge, tiny, unary } from "./case.ts";

const SMALLEST_NORMAL = 2 ** -1022;
const MAX = Number.MAX_VALUE;

/** 1e-14 relative to the value, or to the floor where the value is smaller. */
function within(floor: number, name: string, of: Case): Case {
  return { ...of, name, limit: { relative: 1e-14, floor } };
}

const besidePoles = around(-1, -2, -3, -10, -50).filter((x) => !Number.isInteger(x));
const zerosOfLgamma = [-2.4570247382208006, -2.7476826467274127, -3.14358088834998, -3.955294284858598];
/** From -4 on, lgamma has zeros about 1/n! on either side of -n. */
const zerosBesidePoles = [5, 8, 11, 12, 13, 14, 15, 16].flatMap((n) => {
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial *= k;
  return around(-n - 1 / factorial, -n + 1 / factorial);
});
const zerosOfDigamma = [-0.504083008264455, -1.573498473162391, -2.610720868444144, -3.635293366436901];
const aroundZeroOfDigamma = around(1.4616321449683622);
/** 1 and 2 themselves are exact zeros; the table of special values has them. */
const besideZeros = around(1, 2).filter((x) => !Number.isInteger(x));

const logGamma: Case[] = [
  within(
    0,
    "lgamma, x > 0",
    unary(
      lgamma,
      exact.logGamma,
      [
        [SMALLEST_NORMAL, 2.5e305],
        [0.2, 10],
        [0.2, 200],
      ],
      [
        ...tiny.positive,
        1e22,
        1e100,
        1e300,
        2.5e305,
        ...besideZeros,
        ...around(0.7, 1.4616321449683622, 3, 8, 10, 171.6),
      ],
    ),
  ),
  within(
    1,
    "lgamma, x < 0",
    unary(
      lgamma,
      exact.logGamma,
      [
        [-20, -1e-300],
        [-200, -1e-3],
        [-1e6, -1e5],
      ],
      [
        ...tiny.negative,
        ...besidePoles,
        ...zerosBesidePoles.filter((x) => !Number.isInteger(x)),
        ...around(...zerosOfLgamma, -0.5, -1.5, -1e5 - 0.25),
      ],
    ),
  ),
];

const diGamma: Case[] = [
  within(
    0,
    "digamma, x > 0",
    unary(
      digamma,
      (x) => exact.polyGamma(0, x),
      [
        [SMALLEST_NORMAL, MAX],
        [0.2, 10],
        [0.5, 2],
      ],
      [...tiny.positive.slice(2), ...huge.positive, ...aroundZeroOfDigamma, ...around(1, 2, 3, 8, 10, 1e5)],
    ),
  ),
  within(
    1,
    "digamma, x < 0",
    unary(
      digamma,
      (x) => exact.polyGamma(0, x),
      [
        [-20, -1e-300],
        [-90, -1e-3],
      ],
      [...tiny.negative.slice(2), ...besidePoles, ...around(...zerosOfDigamma, -0.5, -50.5)],
    ),
  ),
];

/** On either side of 0; below it the scale of ψ⁽ⁿ⁾ between two poles is n!. */
function polyGamma(order: number): readonly Case[] {
  const computed = (x: number): number => polygamma(order, x);
  const reference = (x: Big): Big => exact.polyGamma(order, x);
  let factorial = 1;
  for (let k = 2; k <= order; k++) factorial *= k;
  // Nearer to 0 ψ⁽ⁿ⁾ overflows, farther out it sinks below the normal numbers.
  const low = 1e-280 ** (1 / (order + 1));
  const high = 1e280 ** (1 / order);
  return [
    within(
      0,
      `polygamma(${order}), x > 0`,
      unary(
        computed,
        reference,
        [
          [low, high],
          [0.2, 40],
        ],
        [low, high, ...around(1, 2, 10 + order)],
      ),
    ),
    within(
      0.1 * factorial,
      `polygamma(${order}), x < 0`,
      unary(
        computed,
        reference,
        [
          [-20, -1e-3],
          [-90, -1e-3],
        ],
        around(-0.5, -1.5, -0.25, -10.5),
      ),
    ),
  ];
}

export const specialCases: readonly Case[] = [
  unary(
    erf,
    exact.errorFunction,
    [
      [-6, 6],
      [-1, 1],
    ],
    [...tiny.both, ...around(0.875, -0.875, 0.25, 3, 5.9)],
  ),
  within(
    0,
    "erfc",
    unary(
      erfc,
      exact.complementaryErrorFunction,
      [
        [-6, 26.54],
        [0.2, 1],
        [2, 10],
      ],
      [...tiny.both, ...around(0.25, 0.47, 0.875, 1, 2, 5, 6, 10, 20, 26, 26.5)],
    ),
  ),
  ...logGamma,
  ...diGamma,
  ...[1, 2, 3, 4, 5, 6, 20].flatMap(polyGamma),
];
