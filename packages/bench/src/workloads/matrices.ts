import { fromData, matmul, sum, tanh } from "@fluxion/core";
import type { Tensor } from "@fluxion/core";
import { seeded } from "../data/index.ts";
import { matrixChainByHand, tanhLayerByHand } from "../reference/index.ts";
import type { Workload } from "./workload.ts";

/** A full Jacobian: as many outputs as inputs. */
export const tanhLayer: Workload = {
  name: "tanh-jacobian",
  title: "Jacobian of tanh(Ax)",
  latex: String.raw`\partial \tanh(\mathbf{A}\mathbf{x}) / \partial\mathbf{x}`,
  operator: "jacobian",
  sizes: [10, 30, 100],
  largeSizes: [300],
  growth: { value: 2, inputs: 1, outputs: 1 },
  problem: (n) => {
    const random = seeded(n);
    const [AData, xData] = [random.normal(n * n, 1 / Math.sqrt(n)), random.normal(n)];
    const A = fromData(AData, [n, n]);
    return {
      label: `A ${n} × ${n}`,
      f: (x: Tensor) => tanh(matmul(A, x)),
      inputs: [fromData(xData, [n])],
      byHand: tanhLayerByHand(AData, xData),
    };
  },
};

/** Products of square matrices, all three of them differentiated. */
export const matrixChain: Workload = {
  name: "matrix-chain",
  title: "sum(A·B·C)",
  latex: String.raw`\textstyle\sum_{ij} (\mathbf{A}\mathbf{B}\mathbf{C})_{ij}`,
  operator: "gradient",
  sizes: [4, 16, 64],
  largeSizes: [256],
  growth: { value: 3, inputs: 2, outputs: 0 },
  problem: (n) => {
    const random = seeded(n);
    const [A, B, C] = [random.normal(n * n), random.normal(n * n), random.normal(n * n)];
    return {
      label: `${n} × ${n}`,
      f: (a: Tensor, b: Tensor, c: Tensor) => sum(matmul(matmul(a, b), c)),
      inputs: [fromData(A, [n, n]), fromData(B, [n, n]), fromData(C, [n, n])],
      byHand: matrixChainByHand(A, B, C, n),
    };
  },
};
