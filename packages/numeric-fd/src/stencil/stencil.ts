import { FluxionError } from "@fluxion/core";
import { product, rational, subtract, sum, toNumber } from "./rational.ts";
import type { Rational } from "./rational.ts";
import type { Side } from "../types.ts";

/** A finite-difference formula: f^(q)(x) = Σ weightsᵢ f(x + offsetsᵢ h) / h^q + truncation · h^accuracyOrder f^(q + accuracyOrder)(x) + … */
export interface Stencil {
  readonly side: Side;
  /** q: which derivative the formula gives. */
  readonly derivativeOrder: number;
  /** The power of h in the leading error term. */
  readonly accuracyOrder: number;
  /** Where f is evaluated, in steps from x; offsets of weight zero are left out. */
  readonly offsets: readonly number[];
  /** The weights as exact fractions. */
  readonly exactWeights: readonly Rational[];
  /** The weights, each rounded once. */
  readonly weights: readonly number[];
  /** The constant of the leading error term, without its sign. */
  readonly truncation: number;
  /** Σ |weights|, the factor by which rounding errors of f are amplified. */
  readonly amplification: number;
}

const cache = new Map<string, Stencil>();

/**
 * The finite-difference stencil of a side, a derivative order and an accuracy order, with exact rational weights.
 *
 * Weights come from Fornberg's recurrence (Mathematics of Computation 51, 1988) in integer fractions, so no order is
 * limited by rounding. A central stencil has an even accuracy order. Stencils are cached.
 *
 * @example
 * import { stencil } from "@fluxion/numeric-fd";
 * stencil("central", 1, 4).offsets; // => [-2,-1,1,2]
 * stencil("central", 2, 2).weights; // => [1,-2,1]
 */
export function stencil(side: Side, derivativeOrder: number, accuracyOrder: number): Stencil {
  const key = `${side} ${derivativeOrder} ${accuracyOrder}`;
  let found = cache.get(key);
  if (found === undefined) {
    found = build(side, derivativeOrder, accuracyOrder);
    cache.set(key, found);
  }
  return found;
}

function build(side: Side, derivativeOrder: number, accuracyOrder: number): Stencil {
  const grid = gridOf(side, derivativeOrder, accuracyOrder);
  const all = fornberg(grid, derivativeOrder);
  const kept = grid.map((_, i) => i).filter((i) => all[i]!.numerator !== 0n);
  const offsets = kept.map((i) => grid[i]!);
  const exactWeights = kept.map((i) => all[i]!);
  const weights = exactWeights.map(toNumber);
  return {
    side,
    derivativeOrder,
    accuracyOrder,
    offsets,
    exactWeights,
    weights,
    truncation: Math.abs(toNumber(moment(offsets, exactWeights, derivativeOrder + accuracyOrder))),
    amplification: weights.reduce((total, weight) => total + Math.abs(weight), 0),
  };
}

/** Offsets of the smallest stencil of that order: symmetric, or 0, 1, 2, … towards one side. */
function gridOf(side: Side, derivativeOrder: number, accuracyOrder: number): readonly number[] {
  if (!Number.isInteger(derivativeOrder) || derivativeOrder < 1) {
    throw new FluxionError(
      "ARGUMENT",
      `stencil: derivativeOrder must be a positive integer, found ${derivativeOrder}.`,
    );
  }
  if (!Number.isInteger(accuracyOrder) || accuracyOrder < 1 || accuracyOrder > 30) {
    throw new FluxionError(
      "ARGUMENT",
      `stencil: accuracyOrder must be an integer from 1 to 30, found ${accuracyOrder}.`,
    );
  }
  if (side !== "central") {
    const sign = side === "forward" ? 1 : -1;
    return Array.from({ length: derivativeOrder + accuracyOrder }, (_, i) => (i === 0 ? 0 : sign * i));
  }
  if (accuracyOrder % 2 !== 0) {
    throw new FluxionError(
      "ARGUMENT",
      `stencil: a central stencil has an even accuracyOrder, found ${accuracyOrder}; use ${accuracyOrder + 1}.`,
    );
  }
  const reach = Math.floor((derivativeOrder + 1) / 2) - 1 + accuracyOrder / 2;
  return Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
}

/** Weights of the derivative of order q at 0 on the given grid, by Fornberg's recurrence. */
function fornberg(grid: readonly number[], order: number): Rational[] {
  const zero = rational(0n);
  const points = grid.map((offset) => rational(BigInt(offset)));
  // delta[k][v]: weight of point v in the k-th derivative on the points so far.
  const delta = Array.from({ length: order + 1 }, () => points.map(() => zero));
  delta[0]![0] = rational(1n);
  let previous = rational(1n);
  for (let n = 1; n < points.length; n++) {
    let current = rational(1n);
    const old = delta.map((row) => row.slice());
    for (let v = 0; v < n; v++) {
      const distance = subtract(points[n]!, points[v]!);
      current = product(current, distance);
      for (let k = 0; k <= order; k++) {
        const lower = k === 0 ? zero : product(rational(BigInt(k)), old[k - 1]![v]!);
        delta[k]![v] = divide(subtract(product(points[n]!, old[k]![v]!), lower), distance);
      }
    }
    for (let k = 0; k <= order; k++) {
      const lower = k === 0 ? zero : product(rational(BigInt(k)), old[k - 1]![n - 1]!);
      const difference = subtract(lower, product(points[n - 1]!, old[k]![n - 1]!));
      delta[k]![n] = product(divide(previous, current), difference);
    }
    previous = current;
  }
  return delta[order]!;
}

function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Σ weightᵢ offsetᵢ^k / k!: the coefficient of h^k f^(k) in the formula. */
function moment(offsets: readonly number[], weights: readonly Rational[], k: number): Rational {
  let total = rational(0n);
  let factorial = 1n;
  for (let i = 2; i <= k; i++) factorial *= BigInt(i);
  offsets.forEach((offset, i) => {
    total = sum(total, product(weights[i]!, rational(BigInt(offset) ** BigInt(k), factorial)));
  });
  return total;
}
