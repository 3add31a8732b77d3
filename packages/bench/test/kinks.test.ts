import {
  abs, add, atan2, cbrt, div, FluxionError, greater, hypot, log, logsumexp, max, maximum, min, minimum, mul, norm, pow, prod, relu,
  sigmoid, sign, softmax, softplus, sqrt, square, sub, sum, tensor, where, type Strategy, type Tensor,
} from "@fluxion/core"; // prettier-ignore
import { forwardDual } from "@fluxion/forward-dual";
import { reverseTape } from "@fluxion/reverse-tape";
import { symbolic } from "@fluxion/symbolic";
import { describe, expect, it } from "vitest";

/** DESIGN 3.7: what every exact strategy gives at kinks, edges and zeros. */
const exactStrategies: readonly Strategy[] = [forwardDual, reverseTape, symbolic];

type ScalarCase = readonly [name: string, f: (x: Tensor) => Tensor, at: number, derivative: number];
const scalars: readonly ScalarCase[] = [
  ["abs'(0) = 0", (x) => abs(x), 0, 0],
  ["abs'(-0) = 0", (x) => abs(x), -0, 0],
  ["relu'(0) = 0", (x) => relu(x), 0, 0],
  ["sign'(0) = 0", (x) => sign(x), 0, 0],
  ["sign'(2) = 0", (x) => sign(x), 2, 0],
  ["sqrt'(0) = +∞", (x) => sqrt(x), 0, Infinity],
  ["sqrt'(-0) = +∞", (x) => sqrt(x), -0, Infinity],
  ["cbrt'(0) = +∞", (x) => cbrt(x), 0, Infinity],
  ["maximum(x, 0) at 0 shares", (x) => maximum(x, 0), 0, 0.5],
  ["maximum(0, x) at 0 shares", (x) => maximum(0, x), 0, 0.5],
  ["minimum(x, 0) at 0 shares", (x) => minimum(x, 0), 0, 0.5],
  ["maximum(x, x) shares and adds up", (x) => maximum(x, x), 3, 1],
  ["x² at 0", (x) => square(x), 0, 0],
  ["pow(x, 2) at 0", (x) => pow(x, 2), 0, 0],
  ["pow(x, 3) at 0", (x) => pow(x, 3), 0, 0],
  ["pow(x, 1) at 0", (x) => pow(x, 1), 0, 1],
  ["pow(x, 0) at 0", (x) => pow(x, 0), 0, 0],
  ["pow(x, 3) at -2", (x) => pow(x, 3), -2, 12],
  ["pow(0, x) at 2", (x) => pow(0, x), 2, 0],
  ["0·sqrt(x) at 0", (x) => mul(0, sqrt(x)), 0, 0],
  ["sqrt(x)·0 at 0", (x) => mul(sqrt(x), 0), 0, 0],
  ["where(x > 0, sqrt(x), 0) at 0", (x) => where(greater(x, 0), sqrt(x), 0), 0, 0],
  ["where(x > 0, sqrt(x), 0) at -1", (x) => where(greater(x, 0), sqrt(x), 0), -1, 0],
  ["where(x > 0, log(x), x) at 0", (x) => where(greater(x, 0), log(x), x), 0, 1],
  ["where(x > 0, 1/x, 0) at 0", (x) => where(greater(x, 0), div(1, x), 0), 0, 0],
  ["sqrt(x²) at 0", (x) => sqrt(square(x)), 0, 0],
  ["hypot(x, 0) at 0", (x) => hypot(x, 0), 0, 0],
  ["hypot(0, x) at 0", (x) => hypot(0, x), 0, 0],
  ["atan2(x, 0) at 0", (x) => atan2(x, 0), 0, 0],
  ["atan2(0, x) at 0", (x) => atan2(0, x), 0, 0],
  ["atan2(x, 1e200) stays finite", (x) => mul(atan2(x, 1e200), 1e200), 0, 1],
  ["softplus at 1000", (x) => softplus(x), 1000, 1],
  ["softplus at -1000", (x) => softplus(x), -1000, 0],
  ["sigmoid at 1000", (x) => sigmoid(x), 1000, 0],
  ["sigmoid at -1000", (x) => sigmoid(x), -1000, 0],
  ["sqrt(-1): the value is NaN, so is the derivative", (x) => sqrt(x), -1, NaN],
  ["√x - √x at 0: ∞ - ∞ is NaN and is not hidden", (x) => sub(sqrt(x), sqrt(x)), 0, NaN],
];

type VectorCase = readonly [
  name: string,
  f: (x: Tensor) => Tensor,
  at: readonly number[],
  gradient: readonly number[],
];
const vectors: readonly VectorCase[] = [
  ["norm at the origin", (x) => norm(x), [0, 0, 0], [0, 0, 0]],
  ["norm of 3, 4", (x) => norm(x), [3, 4], [0.6, 0.8]],
  ["norm of huge entries", (x) => norm(x), [3e200, 4e200], [0.6, 0.8]],
  ["max shares ties", (x) => max(x), [1, 3, 3, 2], [0, 0.5, 0.5, 0]],
  ["min shares ties", (x) => min(x), [1, 1, 1, 2], [1 / 3, 1 / 3, 1 / 3, 0]],
  ["product with one zero", (x) => prod(x), [2, 0, 5], [0, 10, 0]],
  ["product with two zeros", (x) => prod(x), [0, 0, 5], [0, 0, 0]],
  ["product without zeros", (x) => prod(x), [2, 3, 5], [15, 10, 6]],
  ["logsumexp of huge entries", (x) => logsumexp(x), [1000, 1000], [0.5, 0.5]],
  ["logsumexp with -∞", (x) => logsumexp(x), [0, -Infinity], [1, 0]],
  ["softmax of huge entries", (x) => sum(mul(softmax(x), tensor([1, 0]))), [1000, 0], [0, 0]],
  ["a zero weight stops an infinite slope", (x) => sum(mul(sqrt(x), tensor([0, 1]))), [0, 4], [0, 0.25]],
];

describe.each(exactStrategies.map((strategy) => [strategy.name, strategy] as const))("%s", (_, strategy) => {
  it.each(scalars)("%s", (_name, f, at, expected) => {
    expect(strategy.derivative(f)(at) + 0).toBe(expected);
  });

  it.each(scalars)("%s, as an entry of a vector", (_name, f, at, expected) => {
    const gradient = strategy.gradient((x: Tensor) => sum(f(x)))(tensor([at, at]));
    expect(Array.from(gradient.data, (entry) => entry + 0)).toEqual([expected, expected]);
  });

  it.each(vectors)("%s", (_name, f, at, expected) => {
    let found: Tensor;
    try {
      found = strategy.gradient(f)(tensor([...at]));
    } catch (error) {
      // An operator may be outside a strategy's reach; a wrong number may not.
      expect((error as FluxionError).code).toBe("UNSUPPORTED");
      expect(strategy.name).toBe("symbolic");
      return;
    }
    Array.from(found.data).forEach((entry, i) => expect(entry).toBeCloseTo(expected[i]!, 15));
  });

  it("second derivatives at kinks are 0", () => {
    for (const f of [abs, relu, (x: Tensor) => mul(x, abs(x)), sign]) {
      expect(strategy.derivative((x: Tensor) => strategy.derivative(f)(x))(0) + 0).toBe(0);
    }
  });

  it("second derivatives of powers at 0 are exact", () => {
    const second = (f: (x: Tensor) => Tensor): number =>
      strategy.derivative((x: Tensor) => strategy.derivative(f)(x))(0);
    expect(second((x) => square(x))).toBe(2);
    expect(second((x) => pow(x, 2))).toBe(2);
    expect(second((x) => pow(x, 3)) + 0).toBe(0);
    expect(second((x) => mul(x, x))).toBe(2);
    expect(second((x) => add(mul(x, x), pow(x, 1)))).toBe(2);
  });
});
