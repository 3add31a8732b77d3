import { type Tensor, tensor } from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hessian, hvp, numericFd, valueGradientAndHessian } from "@fluxion/numeric-fd";
import { band, coefficient } from "../support/patterns.ts";
import type { Places } from "../support/patterns.ts";
import { runs } from "../support/runs.ts";
import { messageOf } from "../support/message.ts";

const ask = numericFd.estimate!;

/** A scalar function with interactions at given places: ½ Σ d_i x_i² + Σ c_ij g(x_i) g(x_j). */
interface Interacting {
  readonly f: (t: Tensor) => Tensor;
  readonly gradient: (t: Tensor) => Tensor;
  readonly hessian: (x: Readonly<Float64Array>) => number[];
}

function interacting(n: number, places: Places, wave: boolean): Interacting {
  const g = wave ? [Math.sin, Math.cos, (x: number) => -Math.sin(x)] : [(x: number) => x, () => 1, () => 0];
  const [g0, g1, g2] = g as [(x: number) => number, (x: number) => number, (x: number) => number];
  const pairs = [
    ...new Map(
      places
        .filter(([i, j]) => i !== j)
        .map(([i, j]) => [[Math.min(i, j), Math.max(i, j)].join(), [i, j] as const]),
    ).values(),
  ];
  const weight = (i: number): number => coefficient(i, i);
  return {
    f: ({ data: x }) => {
      let total = 0;
      x.forEach((value, i) => (total += (weight(i) * value * value) / 2));
      for (const [i, j] of pairs) total += coefficient(i, j) * g0(x[i]!) * g0(x[j]!);
      return tensor(total);
    },
    gradient: ({ data: x }) => {
      const slope = Float64Array.from(x, (value, i) => weight(i) * value);
      for (const [i, j] of pairs) {
        slope[i]! += coefficient(i, j) * g1(x[i]!) * g0(x[j]!);
        slope[j]! += coefficient(i, j) * g0(x[i]!) * g1(x[j]!);
      }
      return tensor(slope);
    },
    hessian: (x) => {
      const H = new Array<number>(n * n).fill(0);
      for (let i = 0; i < n; i++) H[i * n + i] = weight(i);
      for (const [i, j] of pairs) {
        const c = coefficient(i, j);
        H[i * n + i]! += c * g2(x[i]!) * g0(x[j]!);
        H[j * n + j]! += c * g0(x[i]!) * g2(x[j]!);
        H[i * n + j]! += c * g1(x[i]!) * g1(x[j]!);
        H[j * n + i]! += c * g1(x[i]!) * g1(x[j]!);
      }
      return H;
    },
  };
}

const pairsOf = (most: number): fc.Arbitrary<{ n: number; places: Places }> =>
  fc
    .integer({ min: 1, max: most })
    .chain((n) =>
      fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 2 * n }).map((places) => ({ n, places })),
    );

function expectWithin(
  estimate: { readonly value: unknown; readonly error: unknown },
  right: readonly number[],
  most: number,
): void {
  const [values, errors] = [(estimate.value as Tensor).data, (estimate.error as Tensor).data];
  expect(values.length).toBe(right.length);
  right.forEach((value, at) => {
    expect(Math.abs(values[at]! - value)).toBeLessThanOrEqual(errors[at]! + 2e-15 * Math.abs(value));
    expect(errors[at]!).toBeLessThan(most);
  });
}

const points = (n: number): Tensor =>
  tensor(Float64Array.from({ length: n }, (_, i) => 1 + Math.sin(3 * i) / 2));

describe("a Hessian with a pattern", () => {
  test("is right within its errors: given or detected, from values or from the gradient", () => {
    fc.assert(
      fc.property(
        pairsOf(8),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        ({ n, places }, wave, detected, byGradient) => {
          const { f, gradient, hessian: right } = interacting(n, places, wave);
          const sparsity = detected ? ("detect" as const) : places;
          const options = byGradient ? { sparsity, gradient } : { sparsity };
          const x = points(n);
          expectWithin(ask("hessian", f, options)(x), right(x.data), byGradient ? 1e-9 : 1e-6);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  test("that leaves a pair out is refused", () => {
    const [n, places] = [12, band(12, 1)];
    const { f, gradient } = interacting(n, places, true);
    for (let i = 0; i + 1 < n; i += 3) {
      const rest = places.filter(([a, b]) => a + b !== 2 * i + 1);
      for (const options of [{ sparsity: rest }, { sparsity: rest, gradient }])
        expect(messageOf(() => hessian(f, options)(points(n)))).toMatch(
          /^ARGUMENT: .*leaves out a dependence/,
        );
    }
  });

  test("costs what the pattern has: a sweep for each pair, or for each colour of the gradient", () => {
    const costs = [16, 32].map((n) => {
      const { f, gradient } = interacting(n, band(n, 1), true);
      let [values, slopes] = [0, 0];
      const counted = (t: Tensor): Tensor => (values++, f(t));
      const countedGradient = (t: Tensor): Tensor => (slopes++, gradient(t));
      const byValues = ask("hessian", counted, { sparsity: band(n, 1) })(points(n)).evaluations;
      expect(byValues).toBe(values);
      values = 0;
      const options = { sparsity: band(n, 1), gradient: countedGradient };
      expect(ask("hessian", counted, options)(points(n)).evaluations).toBe(values + slopes);
      return [byValues, slopes] as const;
    });
    expect(costs[1]![0]).toBeLessThan(2.3 * costs[0]![0]);
    expect(costs[1]![1]).toBeLessThan(4 * 45);
  });

  test("an arrow takes two colours of the gradient", () => {
    const n = 20;
    const arrow = Array.from({ length: n }, (_, i) => [0, i] as const);
    const { f, gradient, hessian: right } = interacting(n, arrow, true);
    const estimate = ask("hessian", f, { sparsity: arrow, gradient })(points(n));
    expectWithin(estimate, right(points(n).data), 1e-9);
    expect(estimate.evaluations).toBeLessThan(4 * 45);
  });

  test("comes with value and gradient", () => {
    const { f, gradient, hessian: right } = interacting(9, band(9, 2), true);
    for (const options of [{ sparsity: band(9, 2) }, { sparsity: band(9, 2), gradient }]) {
      const all = valueGradientAndHessian(f, options)(points(9));
      expect(all.value.item()).toBe(f(points(9)).item());
      gradient(points(9)).data.forEach((slope, i) => expect(all.gradient.data[i]).toBeCloseTo(slope, 10));
      right(points(9).data).forEach((value, at) => expect(all.hessian.data[at]).toBeCloseTo(value, 6));
    }
  });
});

describe("a gradient that is given", () => {
  const { f, gradient, hessian: right } = interacting(6, band(6, 1), true);
  const x = points(6);

  test("makes Hessians and their products of first differences", () => {
    const estimate = ask("hessian", f, { gradient })(x);
    expectWithin(estimate, right(x.data), 1e-10);
    expect(estimate.evaluations).toBeLessThan(0.5 * ask("hessian", f)(x).evaluations);
    const product = ask("hvp", f, { gradient })(x, tensor([1, 0, -1, 2, 0, 1]));
    const v = [1, 0, -1, 2, 0, 1];
    expectWithin(
      product,
      v.map((_, i) => v.reduce((sum, part, j) => sum + right(x.data)[6 * i + j]! * part, 0)),
      1e-10,
    );
    expect(hvp(f, { gradient })(x)(tensor(v)).shape).toEqual([6]);
  });

  test("goes in batches with f", () => {
    const { batches, evaluations } = ask("hessian", f, {
      gradient: (t: Tensor) => gradient(t),
      batch: (xs: Tensor) =>
        tensor(
          Float64Array.from({ length: xs.shape[0]! }, (_, k) =>
            f(tensor(xs.data.slice(6 * k, 6 * k + 6))).item(),
          ),
        ),
    })(x);
    expect(batches).toBeLessThan(evaluations);
  });

  test("is checked against f and for symmetry", () => {
    const twice = (t: Tensor): Tensor => tensor(gradient(t).data.map((slope) => 2 * slope));
    const turned = (t: Tensor): Tensor => {
      // The gradient at x itself, and elsewhere a field that turns.
      const slope = Float64Array.from(gradient(t).data);
      slope[0]! += t.data[1]! - x.data[1]!;
      return tensor(slope);
    };
    expect(messageOf(() => hessian(f, { gradient: twice })(x))).toMatch(/^ARGUMENT: .*not the gradient of f/);
    expect(messageOf(() => hessian(f, { gradient: turned })(x))).toMatch(/^ARGUMENT: .*\[1, 0\]/);
    expect(messageOf(() => hessian(f, { gradient: () => 1 })(x))).toMatch(/^SHAPE_MISMATCH: .*gradient/);
    expect(messageOf(() => hessian(f, { gradient: 3 as never })(x))).toMatch(/^ARGUMENT: .*gradient/);
  });
});
