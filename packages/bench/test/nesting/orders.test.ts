import { div, exp, mul, pow, sin, tanh, type Strategy, type Tensor } from "@fluxion/core";
import { describe, expect, it } from "vitest";
import { exactStrategies } from "../support/strategies.ts";

interface ClosedForm {
  readonly name: string;
  readonly f: (x: Tensor) => Tensor;
  readonly at: number;
  /** Derivatives of order 1 to 4. */
  readonly orders: readonly number[];
}

const t = Math.tanh(0.6);
const closedForms: readonly ClosedForm[] = [
  { name: "exp", f: (x) => exp(x), at: 0.6, orders: [1, 1, 1, 1].map(() => Math.exp(0.6)) },
  {
    name: "sin",
    f: (x) => sin(x),
    at: 0.6,
    orders: [Math.cos(0.6), -Math.sin(0.6), -Math.cos(0.6), Math.sin(0.6)],
  },
  { name: "x^5", f: (x) => pow(x, 5), at: 2, orders: [80, 160, 240, 240] },
  { name: "x·x·x·x·x", f: (x) => mul(x, mul(x, mul(x, mul(x, x)))), at: 2, orders: [80, 160, 240, 240] },
  { name: "1/x", f: (x) => div(1, x), at: 2, orders: [-1 / 4, 1 / 4, -3 / 8, 3 / 4] },
  {
    name: "tanh",
    f: (x) => tanh(x),
    at: 0.6,
    orders: [
      1 - t ** 2,
      -2 * t * (1 - t ** 2),
      (1 - t ** 2) * (6 * t ** 2 - 2),
      (1 - t ** 2) * (16 * t - 24 * t ** 3),
    ],
  },
];

function derivativeBy(strategies: readonly Strategy[], f: (x: Tensor) => Tensor): (x: Tensor) => Tensor {
  return strategies.reduce<(x: Tensor) => Tensor>((g, strategy) => (x) => strategy.derivative(g)(x), f);
}

describe.each(closedForms)("$name", ({ f, at, orders }) => {
  it.each(exactStrategies.map((strategy) => [strategy.name, strategy] as const))(
    "of order 1 to 4 by %s over itself",
    (_name, strategy) => {
      orders.forEach((wanted, i) => {
        const found = strategy.derivative(derivativeBy(new Array<Strategy>(i).fill(strategy), f))(at);
        expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(wanted)));
      });
    },
  );

  it("of order 3 by all strategies in turn", () => {
    const [a, b, c] = exactStrategies as [Strategy, Strategy, Strategy];
    for (const order of [
      [a, b, c],
      [b, c, a],
      [c, a, b],
      [c, b, a],
    ] as const) {
      const found = order[2].derivative(derivativeBy(order.slice(0, 2), f))(at);
      expect(Math.abs(found - orders[2]!)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(orders[2]!)));
    }
  });
});
