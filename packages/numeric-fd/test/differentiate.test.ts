import { sin } from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differentiate } from "@fluxion/numeric-fd";
import type { Status } from "@fluxion/numeric-fd";
import { runs } from "./support/runs.ts";
import { messageOf } from "./support/message.ts";

describe("what is no derivative is called by its name", () => {
  const cases: readonly (readonly [string, (x: number) => number, number, Status])[] = [
    ["|x|", Math.abs, 0, "kink"],
    ["relu", (x) => Math.max(x, 0), 0, "kink"],
    ["relu on a height", (x) => 1e3 + Math.max(x, 0), 0, "kink"],
    ["a small kink on a smooth function", (x) => Math.exp(x) + 1e-6 * Math.abs(x), 0, "kink"],
    ["sign", Math.sign, 0, "unresolved"],
    ["a step", (x) => (x > 0 ? 1 : 0), 0, "unresolved"],
    ["floor at an integer", Math.floor, 1, "unresolved"],
    ["one point off", (x) => (x === 1 ? 5 : x), 1, "unresolved"],
    ["sqrt at its edge", Math.sqrt, 0, "unresolved"],
    ["cbrt", Math.cbrt, 0, "unresolved"],
    ["x log|x|", (x) => (x === 0 ? 0 : x * Math.log(Math.abs(x))), 0, "unresolved"],
    [
      "x² sin(1/x), whose derivative has no limit",
      (x) => (x === 0 ? 0 : x * x * Math.sin(1 / x)),
      0,
      "unresolved",
    ],
    ["x sin(1/x)", (x) => (x === 0 ? 0 : x * Math.sin(1 / x)), 0, "unresolved"],
    ["a wave that float64 numbers cannot follow", Math.sin, 1e15, "unresolved"],
    ["NaN", () => NaN, 0, "nonFinite"],
    ["log at 0", Math.log, 0, "nonFinite"],
    ["1/x at 0", (x) => 1 / x, 0, "nonFinite"],
    ["defined at one point", (x) => (x === 1 ? 2 : NaN), 1, "nonFinite"],
    ["random", () => Math.random(), 0, "nondeterministic"],
  ];
  test.each(cases)("%s", (_, f, x, status) => {
    const estimate = differentiate(f, x);
    expect(estimate.status).toBe(status);
    expect(estimate.error).toBe(Infinity);
  });

  test("a function with a memory", () => {
    let calls = 0;
    expect(differentiate((x) => x + 1e-12 * calls++, 1).status).toBe("nondeterministic");
  });

  test("second derivatives that jump", () => {
    for (const f of [Math.abs, (x: number) => x * Math.abs(x)]) {
      expect(differentiate(f, 0, { derivativeOrder: 2 }).error).toBe(Infinity);
    }
  });
});

describe("edges and bounds", () => {
  test.each([
    ["throwing", (x: number): number => (x < 0 ? fail() : Math.exp(x)), {}],
    ["NaN", (x: number) => (Math.sqrt(x) ** 2 >= 0 ? Math.exp(x) : NaN), {}],
    ["forbidden", Math.exp, { lower: 0 }],
  ])("%s on the left", (_, f, options) => {
    const { value, error, side, status } = differentiate(f, 0, options);
    expect([side, status]).toEqual(["forward", "oneSided"]);
    expect(Math.abs(value - 1)).toBeLessThanOrEqual(error);
    expect(error).toBeLessThan(1e-9);
  });

  test.each([1, 2, 3, 4])("one-sided derivatives of order %i", (derivativeOrder) => {
    const { value, error, side } = differentiate(Math.exp, 0, { upper: 0, derivativeOrder });
    expect(side).toBe("backward");
    expect(Math.abs(value - 1)).toBeLessThanOrEqual(error);
    expect(error).toBeLessThan(0.01);
  });

  test("f is never called outside the bounds", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: 1e-9, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lower, width, part) => {
          const upper = lower + width;
          const x = Math.min(upper, lower + part * width);
          for (const method of ["adaptive", "central", "forward", "backward"] as const) {
            let outside = 0;
            const f = (t: number): number => (t < lower || t > upper ? ++outside : Math.exp(t));
            const { value, error } = differentiate(f, x, { method, lower, upper });
            expect(outside).toBe(0);
            if (error < Infinity) expect(Math.abs(value - Math.exp(x))).toBeLessThanOrEqual(error);
          }
        },
      ),
      { numRuns: runs(100) },
    );
  });

  test("no room at all", () => {
    expect(differentiate(Math.exp, 1, { lower: 1, upper: 1 }).error).toBe(Infinity);
  });
});

describe("options", () => {
  test("noise that is known lets a random function pass", () => {
    const { value, error, status } = differentiate((x) => x * x + 1e-9 * (Math.random() - 0.5), 1, {
      noise: 1e-9,
    });
    expect(status).toBe("noisy");
    expect(Math.abs(value - 2)).toBeLessThanOrEqual(error);
    expect(error).toBeLessThan(1e-6);
  });

  test("typical starts the sweep at the right scale", () => {
    const f = (x: number): number => Math.sin(1e6 * x);
    const { value, error, evaluations } = differentiate(f, 0, { typical: 1e-6 });
    expect(Math.abs(value - 1e6)).toBeLessThanOrEqual(error);
    expect(evaluations).toBeLessThan(differentiate(f, 0).evaluations);
  });

  test("maximumEvaluations is kept", () => {
    for (const maximumEvaluations of [24, 30, 60]) {
      const { evaluations } = differentiate((x) => Math.sin(1e5 * x), 1, { maximumEvaluations });
      expect(evaluations).toBeLessThanOrEqual(maximumEvaluations);
    }
  });

  test("evaluations counts the calls", () => {
    let calls = 0;
    const { evaluations } = differentiate((x) => (calls++, Math.sin(x)), 1);
    expect(evaluations).toBe(calls);
  });

  test("a tensor with one entry is a number", () => {
    expect(differentiate((x) => sin(x), 1).value).toBeCloseTo(Math.cos(1), 12);
  });
});

describe("errors that teach", () => {
  test.each([
    ["a string", () => differentiate((() => "1") as never, 1), /^ARGUMENT: .*returned string/],
    ["nothing", () => differentiate((() => undefined) as never, 1), /^ARGUMENT: .*returned undefined/],
    ["a promise", () => differentiate((async () => 1) as never, 1), /^ASYNC: /],
    ["f throws at x", () => differentiate(() => fail(), 1), /^DOMAIN: .*x = 1.*thrown/],
    [
      "an option that does not exist",
      () => differentiate(Math.sin, 1, { order: 2 } as never),
      /^ARGUMENT: .*no option "order"/,
    ],
    ["options that are none", () => differentiate(Math.sin, 1, null as never), /^ARGUMENT: .*found null/],
    [
      "an option that is no number",
      () => differentiate(Math.sin, 1, { noise: "1" as never }),
      /^ARGUMENT: .*noise is a number/,
    ],
    ["no function", () => differentiate(3 as never, 1), /^ARGUMENT: .*found number/],
    ["x is NaN", () => differentiate(Math.sin, NaN), /^ARGUMENT: .*finite/],
    ["order 5", () => differentiate(Math.sin, 1, { derivativeOrder: 5 }), /^ARGUMENT: .*1, 2, 3 or 4/],
    ["outside the bounds", () => differentiate(Math.sin, 1, { lower: 2 }), /^ARGUMENT: .*outside/],
    [
      "odd central order",
      () => differentiate(Math.sin, 1, { method: "central", accuracyOrder: 3 }),
      /^ARGUMENT: .*Use 4/,
    ],
    [
      "an order for the adaptive method",
      () => differentiate(Math.sin, 1, { accuracyOrder: 4 }),
      /^ARGUMENT: .*central/,
    ],
    [
      "an unknown method",
      () => differentiate(Math.sin, 1, { method: "spectral" as never }),
      /^ARGUMENT: .*spectral/,
    ],
  ])("%s", (_, run, message) => {
    expect(messageOf(run)).toMatch(message);
  });
});

describe("random functions", () => {
  const coefficient = fc.double({ min: -3, max: 3, noNaN: true });
  // A wave below the last digits of f is rounding to everybody who only sees values: no bound could include its slope.
  const amplitude = fc.double({ min: -3, max: 3, noNaN: true }).map((a) => Math.round(a * 1000) / 1000);
  const frequency = fc.double({ min: -2, max: 5, noNaN: true }).map((power) => 10 ** power);
  test("the bound holds for waves on a trend, at any scale", () => {
    fc.assert(
      fc.property(
        amplitude,
        amplitude,
        frequency,
        fc.double({ min: -50, max: 50, noNaN: true }),
        (a, b, w, x) => {
          const { value, error } = differentiate((t) => a * Math.sin(w * t) + b * t * t, x);
          const right = a * w * Math.cos(w * x) + 2 * b * x;
          // The closed form itself is rounded: w · x carries half a unit of its last place into the cosine.
          const doubt = 1e-15 * (Math.abs(a * w) * (1 + Math.abs(w * x)) + Math.abs(2 * b * x));
          expect(Math.abs(value - right)).toBeLessThanOrEqual(error + doubt);
        },
      ),
      { numRuns: runs(300) },
    );
  });

  test("adding a linear function adds its slope, and stretching x divides by the stretch", () => {
    fc.assert(
      fc.property(
        coefficient,
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (slope, stretch, x) => {
          const f = (t: number): number => Math.exp(Math.sin(t));
          const plain = differentiate(f, x);
          const sloped = differentiate((t) => f(t) + slope * t, x);
          const stretched = differentiate((t) => f(t / stretch), x * stretch);
          expect(Math.abs(sloped.value - plain.value - slope)).toBeLessThanOrEqual(
            sloped.error + plain.error + 1e-14,
          );
          expect(Math.abs(stretched.value * stretch - plain.value)).toBeLessThanOrEqual(
            stretched.error * stretch + plain.error + 1e-14,
          );
        },
      ),
      { numRuns: runs(100) },
    );
  });
});

function fail(): never {
  throw new RangeError("thrown");
}
