import { div, fromData, matmul, mul, softplus, sub, sum } from "@fluxion/core";
import type { Tensor } from "@fluxion/core";
import { seeded } from "../data/index.ts";
import { logisticByHand, logisticCurvatureByHand } from "../reference/index.ts";
import type { Problem, Workload } from "./workload.ts";

/** Mean negative log-likelihood, with twenty examples for each coefficient. */
function likelihood(n: number): { readonly gradient: Problem; readonly curvature: Problem } {
  const m = 20 * n;
  const random = seeded(n);
  const [XData, wData, vData] = [random.normal(m * n), random.normal(n), random.normal(n)];
  const yData = random.normal(m).map((draw) => (draw > 0 ? 1 : 0));
  const [X, y] = [fromData(XData, [m, n]), fromData(yData, [m])];
  const f = (w: Tensor): Tensor => {
    const z = matmul(X, w);
    return div(sum(sub(softplus(z), mul(y, z))), m);
  };
  const shared = { label: `X ${m} × ${n}`, f, inputs: [fromData(wData, [n])] };
  return {
    gradient: { ...shared, byHand: logisticByHand(XData, wData, yData) },
    curvature: {
      ...shared,
      direction: fromData(vData, [n]),
      byHand: logisticCurvatureByHand(XData, wData, yData, vData),
    },
  };
}

const sizes = { sizes: [5, 20, 100], largeSizes: [300], growth: { value: 2, inputs: 1, outputs: 0 } };

export const logistic: Workload = {
  name: "logistic",
  title: "logistic regression",
  latex: String.raw`\tfrac1m\textstyle\sum_i \operatorname{softplus}(z_i) - y_i z_i,\quad \mathbf{z} = \mathbf{X}\mathbf{w}`,
  operator: "gradient",
  ...sizes,
  problem: (n) => likelihood(n).gradient,
};

export const logisticCurvature: Workload = {
  name: "logistic-hvp",
  title: "H·v of logistic regression",
  latex: String.raw`\nabla^2\ell(\mathbf{w})\,\mathbf{v},\quad \ell = \text{logistic regression}`,
  operator: "hvp",
  ...sizes,
  problem: (n) => likelihood(n).curvature,
};
