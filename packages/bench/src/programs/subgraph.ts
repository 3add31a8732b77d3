import type { Graph, GraphNode, Tensor } from "@fluxion/core";

/** A graph with one output and a value for each of its inputs. */
export interface GraphWithInputs {
  readonly graph: Graph;
  readonly inputs: readonly Tensor[];
}

/** The part of a list of nodes on which one node depends; inputs that it doesn't use are dropped. */
export function subgraph(
  nodes: readonly GraphNode[],
  values: readonly Tensor[],
  output: number,
): GraphWithInputs {
  const needed = new Set([output]);
  for (let i = output; i >= 0; i--)
    if (needed.has(i)) for (const input of nodes[i]!.inputs) needed.add(input);
  const positions = new Map<number, number>();
  const kept: GraphNode[] = [];
  const inputs: Tensor[] = [];
  for (let i = 0; i <= output; i++) {
    if (!needed.has(i)) continue;
    const node = nodes[i]!;
    positions.set(i, kept.length);
    if (node.operator === "input") kept.push({ ...node, attributes: { index: inputs.push(values[i]!) - 1 } });
    else kept.push({ ...node, inputs: node.inputs.map((input) => positions.get(input)!) } as GraphNode);
  }
  return { graph: graphOf(kept, inputs.length, kept.length - 1), inputs };
}

/** A graph of a flat list of inputs and one output. */
export function graphOf(nodes: readonly GraphNode[], inputs: number, output: number): Graph {
  return {
    nodes,
    inputs,
    outputs: [output],
    inputStructure: { kind: "array", children: Array.from({ length: inputs }, () => ({ kind: "leaf" })) },
    outputStructure: { kind: "leaf" },
  };
}
