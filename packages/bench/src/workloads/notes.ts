import { dot, fromData, matmul, square, sub, sum } from "@fluxion/core";
import type { Tensor } from "@fluxion/core";
import { seeded } from "../data/index.ts";
import { innerProductByHand, leastSquaresByHand } from "../reference/index.ts";
import type { Workload } from "./workload.ts";

/** Example 1 of the notes. */
export const innerProduct: Workload = {
  name: "inner-product",
  title: "(⟨x, w⟩ − y)²",
  latex: String.raw`\left(\langle\mathbf{x},\mathbf{w}\rangle - y\right)^2`,
  operator: "gradient",
  sizes: [10, 100, 1000],
  largeSizes: [10_000, 100_000, 1_000_000],
  growth: { value: 1, inputs: 1, outputs: 0 },
  problem: (n) => {
    const random = seeded(n);
    const [xData, wData, y] = [random.normal(n), random.normal(n), 0.7];
    const x = fromData(xData, [n]);
    return {
      label: `n = ${n}`,
      f: (w: Tensor) => square(sub(dot(x, w), y)),
      inputs: [fromData(wData, [n])],
      byHand: innerProductByHand(xData, wData, y),
    };
  },
};

/** Example 2 of the notes, with four times as many rows as columns. */
export const leastSquares: Workload = {
  name: "least-squares",
  title: "‖Xw − y‖²",
  latex: String.raw`\lVert\mathbf{X}\mathbf{w} - \mathbf{y}\rVert^2`,
  operator: "gradient",
  sizes: [10, 30, 100],
  largeSizes: [500],
  growth: { value: 2, inputs: 1, outputs: 0 },
  problem: (n) => {
    const m = 4 * n;
    const random = seeded(n);
    const [XData, wData, yData] = [random.normal(m * n), random.normal(n), random.normal(m)];
    const [X, y] = [fromData(XData, [m, n]), fromData(yData, [m])];
    return {
      label: `X ${m} × ${n}`,
      f: (w: Tensor) => sum(square(sub(matmul(X, w), y))),
      inputs: [fromData(wData, [n])],
      byHand: leastSquaresByHand(XData, wData, yData),
    };
  },
};
