import { add, div, exp, fromData, log, mul, neg, sigmoid, slice, sub, sum, tanh, zeros } from "@fluxion/core";
import type { Tensor } from "@fluxion/core";
import { seeded } from "../data/index.ts";
import { lstmByHand } from "../reference/index.ts";
import type { LstmSizes } from "../reference/index.ts";
import type { Workload } from "./workload.ts";

/** ADBench's objective with two layers of width 14, written as a loop; n is the length of the sequence. */
export const lstm: Workload = {
  name: "lstm",
  title: "LSTM (ADBench)",
  latex: String.raw`-\tfrac{1}{n}\textstyle\sum_t \log p\left(\mathbf{x}_{t+1} \mid \operatorname{LSTM}(\mathbf{x}_1, \dots, \mathbf{x}_t)\right)`,
  operator: "gradient",
  sizes: [5, 15, 50],
  largeSizes: [200, 1024],
  growth: { value: 1, inputs: 0, outputs: 0 },
  problem: (length) => {
    const sizes: LstmSizes = { layers: 2, width: 14, length };
    const { layers, width } = sizes;
    const random = seeded(length);
    const parameters = { gates: random.normal(layers * 8 * width), ends: random.normal(3 * width) };
    const sequence = random.uniform(length * width, 0, 1).map((draw) => (draw < 0.5 ? 0 : 1));
    const vectors = Array.from({ length }, (_, t) =>
      fromData(sequence.slice(t * width, (t + 1) * width), [width]),
    );
    return {
      label: `length ${length}, ${layers} layers of ${width}`,
      f: (gates: Tensor, ends: Tensor) => negativeLogLikelihood(vectors, gates, ends, sizes),
      inputs: [fromData(parameters.gates, [layers, 2, 4, width]), fromData(parameters.ends, [3, width])],
      byHand: lstmByHand(sequence, parameters, sizes),
    };
  },
};

/** Weight and bias of each gate: forget, in, out, change. */
type Layer = readonly (readonly [weight: Tensor, bias: Tensor])[];

function negativeLogLikelihood(
  vectors: readonly Tensor[],
  gates: Tensor,
  ends: Tensor,
  { layers, width }: LstmSizes,
): Tensor {
  const stack = Array.from({ length: layers }, (_, layer): Layer =>
    [0, 1, 2, 3].map((gate) => [slice(gates, [layer, 0, gate]), slice(gates, [layer, 1, gate])]),
  );
  const [weightIn, weightOut, biasOut] = [0, 1, 2].map((row) => slice(ends, [row]));
  const states = stack.map(() => ({ hidden: zeros([width]), cell: zeros([width]) }));
  let total: Tensor | number = 0;
  for (let t = 0; t + 1 < vectors.length; t++) {
    let signal = mul(vectors[t]!, weightIn!);
    stack.forEach(([forget, ingate, outgate, change], layer) => {
      const { hidden, cell } = states[layer]!;
      const gate = ([weight, bias]: Layer[number], x: Tensor): Tensor => add(mul(x, weight), bias);
      const next = add(
        mul(cell, sigmoid(gate(forget!, signal))),
        mul(sigmoid(gate(ingate!, hidden)), tanh(gate(change!, hidden))),
      );
      signal = mul(sigmoid(gate(outgate!, signal)), tanh(next));
      states[layer] = { hidden: signal, cell: next };
    });
    const prediction = add(mul(signal, weightOut!), biasOut!);
    const normalised = sub(prediction, log(add(2, sum(exp(prediction)))));
    total = add(total, sum(mul(vectors[t + 1]!, normalised)));
  }
  return div(neg(total), (vectors.length - 1) * width);
}
