import {
  add,
  diagonalMatrix,
  exp,
  fromData,
  lgamma,
  logsumexp,
  matmul,
  mul,
  reshape,
  scatterAdd,
  slice,
  square,
  sub,
  sum,
} from "@fluxion/core";
import type { Tensor } from "@fluxion/core";
import { seeded } from "../data/index.ts";
import { mixtureByHand } from "../reference/index.ts";
import type { MixtureSizes } from "../reference/index.ts";
import type { Workload } from "./workload.ts";

/** ADBench's objective in 10 dimensions with 25 components; n is the number of points. */
export const gaussianMixture: Workload = {
  name: "gaussian-mixture",
  title: "Gaussian mixture (ADBench)",
  latex: String.raw`\textstyle\sum_i \log\sum_k \exp\left(\alpha_k + \log\lvert\mathbf{Q}_k\rvert - \tfrac12\lVert\mathbf{Q}_k(\mathbf{x}_i - \boldsymbol\mu_k)\rVert^2\right) - \dots`,
  operator: "gradient",
  sizes: [10, 30, 100],
  largeSizes: [1000],
  growth: { value: 1, inputs: 0, outputs: 0 },
  problem: (points) => {
    const sizes: MixtureSizes = { points, dimensions: 10, components: 25, wishart: { gamma: 1, m: 0 } };
    const { dimensions: d, components: k } = sizes;
    const width = (d * (d + 1)) / 2;
    const random = seeded(points);
    const x = random.normal(points * d);
    const parameters = {
      alphas: random.normal(k),
      means: random.normal(k * d),
      factors: random.normal(k * width, 0.2),
    };
    return {
      label: `${points} points, d = ${d}, K = ${k}`,
      f: logLikelihood(fromData(x, [1, points, d]), sizes),
      inputs: [
        fromData(parameters.alphas, [k]),
        fromData(parameters.means, [k, d]),
        fromData(parameters.factors, [k, width]),
      ],
      byHand: mixtureByHand(x, parameters, sizes),
    };
  },
};

/** Parameters as `MixtureParameters` lays them out; x is [1, points, dimensions]. */
function logLikelihood(x: Tensor, { points, dimensions: d, components: k, wishart }: MixtureSizes) {
  const width = (d * (d + 1)) / 2;
  const positions = belowDiagonal(d);
  const constant = (points * d * Math.log(2 * Math.PI)) / 2 + k * wishartConstant(d, wishart);
  return (alphas: Tensor, means: Tensor, factors: Tensor): Tensor => {
    const logDiagonals = slice(factors, [[], [0, d]]);
    const below = slice(factors, [[], [d, width]]);
    const diagonals = exp(logDiagonals);
    const lower = reshape(scatterAdd(below, positions, { axis: 1, size: d * d }), [k, d, d]);
    const Q = add(lower, diagonalMatrix(diagonals));
    const whitened = matmul(sub(x, reshape(means, [k, 1, d])), Q, { transposeB: true });
    const weights = add(alphas, sum(logDiagonals, { axes: 1 }));
    const terms = sub(reshape(weights, [k, 1]), mul(0.5, sum(square(whitened), { axes: 2 })));
    const likelihood = sub(sum(logsumexp(terms, { axes: 0 })), mul(points, logsumexp(alphas)));
    const squares = add(sum(square(diagonals)), sum(square(below)));
    const prior = sub(mul(0.5 * wishart.gamma ** 2, squares), mul(wishart.m, sum(logDiagonals)));
    return sub(add(likelihood, prior), constant);
  };
}

/** Positions in a flattened [d, d] matrix of the entries below its diagonal, column by column. */
function belowDiagonal(d: number): number[] {
  const positions: number[] = [];
  for (let column = 0; column < d; column++) {
    for (let row = column + 1; row < d; row++) positions.push(row * d + column);
  }
  return positions;
}

/** n p (log γ − ½ log 2) − log Γₚ(n/2) with n = p + m + 1. */
function wishartConstant(p: number, { gamma, m }: MixtureSizes["wishart"]): number {
  const n = p + m + 1;
  let logGamma = 0.25 * p * (p - 1) * Math.log(Math.PI);
  for (let j = 1; j <= p; j++) logGamma += lgamma((n + 1 - j) / 2).item();
  return n * p * (Math.log(gamma) - 0.5 * Math.log(2)) - logGamma;
}
