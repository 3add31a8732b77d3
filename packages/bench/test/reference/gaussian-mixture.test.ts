import { describe, expect, test } from "vitest";
import { seeded } from "../../src/data/index.ts";
import { mixtureByHand } from "../../src/reference/index.ts";
import { expectDerivative } from "./differences.ts";

function mixture(points: number, dimensions: number, components: number, wishart = { gamma: 1, m: 0 }) {
  const random = seeded(points + dimensions);
  const x = random.normal(points * dimensions);
  const parameters = {
    alphas: random.normal(components),
    means: random.normal(components * dimensions),
    factors: random.normal((components * dimensions * (dimensions + 1)) / 2, 0.4),
  };
  return { x, parameters, hand: mixtureByHand(x, parameters, { points, dimensions, components, wishart }) };
}

describe.each([
  [3, 1, 1],
  [10, 2, 3],
  [12, 3, 5],
  [20, 6, 4],
])("%i points in %i dimensions, %i components", (points, dimensions, components) => {
  test("gradients by alphas, means and factors", () => {
    expectDerivative(mixture(points, dimensions, components).hand);
    expectDerivative(mixture(points, dimensions, components, { gamma: 0.6, m: 2 }).hand);
  });
});

test("in one dimension the value is the sum of logarithms of normal densities, and the prior's", () => {
  const { x, parameters, hand } = mixture(6, 1, 3, { gamma: 0.5, m: 0 });
  const weights = parameters.alphas.map(Math.exp);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let expected = 0;
  for (const point of x) {
    let density = 0;
    weights.forEach((weight, k) => {
      const precision = Math.exp(parameters.factors[k]!);
      const z = precision * (point - parameters.means[k]!);
      density += (weight / total) * (precision / Math.sqrt(2 * Math.PI)) * Math.exp(-0.5 * z * z);
    });
    expected += Math.log(density);
  }
  // n = p + m + 1 = 2 and log Γ(1) = 0.
  const constant = 2 * (Math.log(0.5) - 0.5 * Math.log(2));
  parameters.factors.forEach((log) => (expected += 0.5 * 0.25 * Math.exp(2 * log) - constant));
  expect(hand.value()[0]).toBeCloseTo(expected, 11);
});

test("in two dimensions a point's term is ½ log|Σ⁻¹| − ½ (x − μ)ᵀ Σ⁻¹ (x − μ) with Σ⁻¹ = QᵀQ", () => {
  const { x, parameters, hand } = mixture(4, 2, 1);
  const [a, b, c] = [
    Math.exp(parameters.factors[0]!),
    Math.exp(parameters.factors[1]!),
    parameters.factors[2]!,
  ];
  // Q = [[a, 0], [c, b]]
  const precision = [a * a + c * c, b * c, b * b];
  let expected = 0;
  for (let i = 0; i < 4; i++) {
    const [u, v] = [x[2 * i]! - parameters.means[0]!, x[2 * i + 1]! - parameters.means[1]!];
    const form = precision[0]! * u * u + 2 * precision[1]! * u * v + precision[2]! * v * v;
    expected += -Math.log(2 * Math.PI) + Math.log(a * b) - 0.5 * form;
  }
  // γ = 1, m = 0, p = 2: n = 3, log Γ₂(3/2) = ½ log π + log Γ(3/2) + log Γ(1) = log(π/2).
  expected += 0.5 * (a * a + b * b + c * c) - (-3 * Math.log(2) - Math.log(Math.PI / 2));
  expect(hand.value()[0]).toBeCloseTo(expected, 11);
});
