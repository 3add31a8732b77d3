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
