import { neg } from "../operators/elementwise/arithmetic.ts";
import { add } from "../operators/elementwise/binary.ts";
import { sum } from "../operators/reduction/sum.ts";
import type { Strategy } from "../strategy/strategy.ts";
import { zeros } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { evaluateNodes } from "./evaluate.ts";
import type { Graph } from "./graph.ts";

/**
 * The derivative of the result (of the sum of all its entries, when it is no scalar) by the value of every node, as a
 * strategy finds it: the gradient at -0 by a small term added at each node. Null for constants, which nothing changes.
 */
export function adjointsOfNodes(
  graph: Graph,
  inputs: readonly Tensor[],
  strategy: Pick<Strategy, "gradient">,
): readonly (Tensor | null)[] {
  const varied = graph.nodes.flatMap((node, position) => (node.operator === "constant" ? [] : [position]));
  const changeOf = new Map(varied.map((position, k) => [position, k]));
  const total = (changes: readonly Tensor[]): Tensor => {
    const values = evaluateNodes(graph, inputs, (value, position) => {
      const k = changeOf.get(position);
      return k === undefined ? value : add(value, changes[k]!);
    });
    return graph.outputs.map((position) => sum(values[position]!)).reduce(add, zeros([]));
  };
  // -0, because adding 0 would turn a -0 into 0.
  const gradient = strategy.gradient(total)(
    varied.map((position) => neg(zeros(graph.nodes[position]!.shape))),
  );
  return graph.nodes.map((_, position) => gradient[changeOf.get(position) ?? -1] ?? null);
}
