import { describe, expect, test } from "vitest";
import { differentiate } from "@fluxion/numeric-fd";
import { plain } from "../support/cases.ts";
import { exact, reference } from "../support/reference.ts";

const right = [1, 2, 3, 4].map((order) => plain.map(({ decimal, at }) => reference(decimal!, at, order)));

describe.each(["central", "forward", "backward"] as const)("%s differences", (method) => {
  describe.each([2, 4, 6, 8])("of accuracy %i", (accuracyOrder) => {
    test.each([1, 2, 3, 4])("give derivatives of order %i within their error", (derivativeOrder) => {
      let bounded = 0;
      for (const [i, { f, at }] of plain.entries()) {
        const { value, error } = differentiate(f, at, { method, accuracyOrder, derivativeOrder });
        if (error === Infinity) continue;
        bounded++;
        expect(
          exact(value)
            .sub(right[derivativeOrder - 1]![i]!)
            .abs()
            .toNumber(),
        ).toBeLessThanOrEqual(error);
      }
      expect(bounded).toBeGreaterThan(plain.length / 2);
    });
  });

  test("a step too coarse for a wave gives no bound", () => {
    expect(differentiate((x) => Math.sin(1e6 * x), 1, { method }).error).toBe(Infinity);
  });
});

test("a kink is not a derivative of 0", () => {
  expect(differentiate(Math.abs, 0, { method: "central" }).error).toBe(Infinity);
});

test("a constant has derivative 0 exactly", () => {
  expect(differentiate(() => 1, 1, { method: "central" }).value).toBe(0);
});

describe.each(["central", "forward", "backward"] as const)(
  "%s differences of terms that cancel",
  (method) => {
    const staircase = (x: number): number => Math.sqrt((1e8 + x) * (1e8 + x)) - 1e8 + Math.sin(x) / 3;
    const scaled = (x: number): number =>
      (1e6 * Math.cos(0.3 * x) + Math.sin(x) - 1e6 * Math.cos(0.3 * x)) * 0.7310585 + Math.cos(x) / 3;

    test.each<readonly [string, (x: number) => number, (x: number) => number]>([
      ["a sum rounded on a grid of powers of two", staircase, (x) => 1 + Math.cos(x) / 3],
      ["a tangent rounded on a grid of its own", (x) => Math.tan(Math.atan(1e4 + x)) - 1e4, () => 1],
      ["waves that are larger by 10⁶", scaled, (x) => 0.7310585 * Math.cos(x) - Math.sin(x) / 3],
    ])("%s: the bound holds", (_, f, derivative) => {
      let given = 0;
      for (let i = 0; i < 300; i++) {
        const x = 0.3 + 0.00917 * i;
        const { value, error } = differentiate(f, x, { method });
        if (error === Infinity) continue;
        given++;
        expect(Math.abs(value - derivative(x)), `at ${x}`).toBeLessThanOrEqual(error);
      }
      if (method === "central") expect(given).toBeGreaterThan(200);
    });
  },
);
