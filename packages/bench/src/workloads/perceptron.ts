import { add, div, fromData, logsumexp, matmul, mul, sub, sum, tanh } from "@fluxion/core";
import type { Tensor } from "@fluxion/core";
import { seeded } from "../data/index.ts";
import { perceptronByHand } from "../reference/index.ts";
import type { Workload } from "./workload.ts";

const classes = 10;

/** Softmax cross-entropy of a network with one hidden layer; 784-128-10 with a batch of 64 at n = 128. */
export const perceptron: Workload = {
  name: "perceptron",
  title: "perceptron, softmax cross-entropy",
  latex: String.raw`\operatorname{cross\,entropy}\left(\tanh(\mathbf{X}\mathbf{W}_1 + \mathbf{b}_1)\,\mathbf{W}_2 + \mathbf{b}_2,\ \mathbf{Y}\right)`,
  operator: "gradient",
  sizes: [8, 16, 32],
  largeSizes: [128],
  growth: { value: 3, inputs: 2, outputs: 0 },
  problem: (n) => {
    const [batch, width, hidden] = [n / 2, (49 * n) / 8, n];
    const random = seeded(n);
    const XData = random.normal(batch * width);
    const YData = new Float64Array(batch * classes);
    random.uniform(batch, 0, classes).forEach((draw, i) => (YData[i * classes + Math.floor(draw)] = 1));
    const weights = {
      W1: random.normal(width * hidden, 1 / Math.sqrt(width)),
      b1: random.normal(hidden, 0.1),
      W2: random.normal(hidden * classes, 1 / Math.sqrt(hidden)),
      b2: random.normal(classes, 0.1),
    };
    const [X, Y] = [fromData(XData, [batch, width]), fromData(YData, [batch, classes])];
    return {
      label: `${width}-${hidden}-${classes}, batch ${batch}`,
      f: (W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) => {
        const logits = add(matmul(tanh(add(matmul(X, W1), b1)), W2), b2);
        return div(sub(sum(logsumexp(logits, { axes: 1 })), sum(mul(Y, logits))), batch);
      },
      inputs: [
        fromData(weights.W1, [width, hidden]),
        fromData(weights.b1, [hidden]),
        fromData(weights.W2, [hidden, classes]),
        fromData(weights.b2, [classes]),
      ],
      byHand: perceptronByHand(XData, YData, weights, { batch, inputs: width, hidden, classes }),
    };
  },
};
