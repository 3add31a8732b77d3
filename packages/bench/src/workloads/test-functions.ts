import { add, cos, exp, fromData, mean, mul, slice, sqrt, square, sub, sum } from "@fluxion/core";
import type { Tensor } from "@fluxion/core";
import { seeded } from "../data/index.ts";
import { ackleyByHand, rosenbrockByHand, rosenbrockCurvatureByHand } from "../reference/index.ts";
import type { Workload } from "./workload.ts";

/** Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)². */
function rosenbrockOf(n: number) {
  return (x: Tensor): Tensor => {
    const [head, tail] = [slice(x, [[0, n - 1]]), slice(x, [[1, n]])];
    return sum(add(mul(100, square(sub(tail, square(head)))), square(sub(1, head))));
  };
}

export const rosenbrock: Workload = {
  name: "rosenbrock",
  title: "Rosenbrock",
  latex: String.raw`\textstyle\sum_i 100\,(x_{i+1} - x_i^2)^2 + (1 - x_i)^2`,
  operator: "gradient",
  sizes: [10, 100, 1000],
  largeSizes: [10_000],
  growth: { value: 1, inputs: 1, outputs: 0 },
  problem: (n) => {
    const x = seeded(n).normal(n);
    return { label: `n = ${n}`, f: rosenbrockOf(n), inputs: [fromData(x, [n])], byHand: rosenbrockByHand(x) };
  },
};

export const rosenbrockCurvature: Workload = {
  name: "rosenbrock-hessian",
  title: "Hessian of Rosenbrock",
  latex: String.raw`\nabla^2 \textstyle\sum_i 100\,(x_{i+1} - x_i^2)^2 + (1 - x_i)^2`,
  operator: "hessian",
  sizes: [5, 15, 50],
  largeSizes: [100],
  growth: { value: 1, inputs: 1, outputs: 0 },
  problem: (n) => {
    const x = seeded(n).normal(n);
    return {
      label: `n = ${n}`,
      f: rosenbrockOf(n),
      inputs: [fromData(x, [n])],
      byHand: rosenbrockCurvatureByHand(x),
    };
  },
};

export const ackley: Workload = {
  name: "ackley",
  title: "Ackley",
  latex: String.raw`-20\,e^{-0.2\sqrt{\frac1n\sum_i x_i^2}} - e^{\frac1n\sum_i \cos 2\pi x_i} + 20 + e`,
  operator: "gradient",
  sizes: [10, 100, 1000],
  largeSizes: [10_000],
  growth: { value: 1, inputs: 1, outputs: 0 },
  problem: (n) => {
    const x = seeded(n).uniform(n, -2, 2);
    return {
      label: `n = ${n}`,
      f: (point: Tensor) => {
        const radius = sqrt(mean(square(point)));
        const ripple = exp(mean(cos(mul(2 * Math.PI, point))));
        return sub(20 + Math.E, add(mul(20, exp(mul(-0.2, radius))), ripple));
      },
      inputs: [fromData(x, [n])],
      byHand: ackleyByHand(x),
    };
  },
};
