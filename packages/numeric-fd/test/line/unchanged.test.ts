import fc from "fast-check";
import { expect, test } from "vitest";
import { type Tensor, sin, tensor } from "@fluxion/core";
import { differentiate, jacobian, numericFd } from "@fluxion/numeric-fd";
import { constantLevels } from "../../src/line/select.ts";
import { Sweep } from "../../src/line/sweep.ts";
import { coordinateLine } from "../../src/point/lines.ts";
import { Point } from "../../src/point/point.ts";
import { follow } from "../../src/line/search.ts";
import { runs } from "../support/runs.ts";

const families: readonly ((c: number, x: number) => { f: (t: number) => number; slope: number })[] = [
  (c) => ({ f: (t) => c + t - c, slope: 1 }),
  (c, x) => ({ f: (t) => c + t - (c + x), slope: 1 }),
  (c) => ({ f: (t) => Math.sin(c) + t - Math.sin(c), slope: 1 }),
  (c) => ({ f: (t) => c * (1 + t) - c, slope: c }),
  (c) => ({ f: () => c, slope: 0 }),
];

test("in a room as small as the steps of cancelling terms no claim is broken", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...families),
      fc.double({ min: -1, max: 4, noNaN: true }),
      fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0.01, max: 1000, noNaN: true })),
      fc.double({ min: -16, max: -7, noNaN: true }),
      fc.constantFrom("both", "above", "below"),
      (family, power, x, room, side) => {
        const { f, slope } = family(10 ** power, x);
        const { value, error } = differentiate(f, x, {
          lower: side === "above" ? x : x - 10 ** room,
          upper: side === "below" ? x : x + 10 ** room,
        });
        if (error < Infinity)
          expect(Math.abs(value - slope)).toBeLessThanOrEqual(error * (1 + 1e-9) + 1e-15 * slope);
      },
    ),
    { numRuns: runs(300) },
  );
});

test("what is flat in a small room gets no number, and in a large one a derivative of 0", () => {
  const flat = (t: number): number => 100 + t - 100;
  expect(differentiate(flat, 1, { lower: 1 - 1e-14, upper: 1 + 1e-14 }).status).toBe("unresolved");
  expect(differentiate(() => 3, 1, { lower: 1 - 1e-3, upper: 1 + 1e-3 })).toMatchObject({
    value: 0,
    status: "ok",
  });
});

test("an output that does not change has a tableau as short as a verdict needs", () => {
  const f = ([t]: readonly Tensor[]): readonly Tensor[] => [
    tensor([Math.sin(t!.data[0]!), 3, t!.data[0]! < 1e-3 ? 5 : 6]),
  ];
  const x = tensor([0.5]);
  const point = new Point(f, [x], f([x]));
  const coordinates = {
    typical: Float64Array.of(1),
    lower: Float64Array.of(-Infinity),
    upper: Float64Array.of(Infinity),
  };
  const line = coordinateLine(point, coordinates, 0, 0);
  const settings = { order: 1, noise: 0, ahead: 1, maximumEvaluations: 200 };
  const sweep = new Sweep(line, settings, "central", [0, 1, 2]);
  follow([{ line, search: sweep.run() }], (points) => point.evaluate(points));
  expect(sweep.tableaus[1]!.rows).toHaveLength(constantLevels);
  // The step is seen at the first level only; its tableau has that level, too.
  expect(sweep.tableaus[2]!.rows.length).toBeGreaterThan(constantLevels);
  expect(sweep.tableaus[2]!.rows[0]!.variation).toBe(1);
});

test("an output that changes late has all levels, as if it had been looked at from the start", () => {
  const late = (t: number): number => (t === 0 ? 0 : Math.exp(-1e-4 / t ** 2) * t);
  const both = numericFd.estimate!("jacobian", (t: Tensor) =>
    tensor([Math.floor(t.item() / 4), late(t.item()), Math.sin(t.item())]),
  )(0.25);
  const { value, error, status } = differentiate(late, 0.25);
  const [values, errors] = [both.value as Tensor, both.error as Tensor];
  expect(status).toBe("ok");
  expect(values.data[1]).toBe(value);
  expect(errors.data[1]).toBe(error);
  expect(values.data[0]).toBe(0);
});

test("a diagonal Jacobian of 40 columns is right where it is not zero, and exactly 0 elsewhere", () => {
  const x = tensor(Array.from({ length: 40 }, (_, i) => Math.cos(i)));
  const J = jacobian((t: Tensor) => sin(t))(x);
  J.data.forEach((entry, k) => {
    const [i, j] = [Math.floor(k / 40), k % 40];
    if (i === j) expect(Math.abs(entry - Math.cos(x.data[i]!))).toBeLessThan(1e-12);
    else expect(entry).toBe(0);
  });
});
