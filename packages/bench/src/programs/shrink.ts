import {
  evaluateFlat,
  FluxionError,
  type Graph,
  type GraphNode,
  type OperatorName,
  operatorOf,
  type Tensor,
} from "@fluxion/core";
import { decimalsOf } from "./decimals.ts";
import { type Draft, drafts, inputNode, leavesOf } from "./drafts.ts";
import type { Program } from "./program.ts";
import { refusal } from "./refusal.ts";
import { graphOf, type GraphWithInputs, subgraph } from "./subgraph.ts";

/**
 * Simpler programs, the simplest first: another output, a node replaced by its operand, a constant or an input, an input
 * turned constant, shorter axes, rounder numbers. Each one is as defined and smooth at its inputs as the program was.
 */
export function* shrinkProgram(program: Program): Generator<Program> {
  const size = complexity(program.graph, program.inputs);
  for (const draft of drafts(program)) {
    const settled = settle(draft, program.smooth);
    if (settled && complexity(settled.graph, settled.inputs) < size) yield { ...program, ...settled };
  }
}

/** The draft as a graph with true shapes; null when it isn't defined or not smooth. */
function settle(draft: Draft, smooth: boolean): GraphWithInputs | null {
  const leafValues = draft.nodes.map((_, i) => draft.leaves.get(i)!); // only those of inputs are read
  const cut = subgraph(draft.nodes, leafValues, draft.output);
  const { graph, inputs } = cut.inputs.length > 0 ? cut : withInput(cut.graph);
  if (inputs.length === 0) return null;
  const values = valuesOf(graph.nodes, leavesOf(graph, inputs), smooth);
  if (values === null) return null;
  const nodes = graph.nodes.map((node, i) => ({ ...node, shape: values[i]!.shape }));
  return { graph: { ...graph, nodes }, inputs };
}

/** A graph of constants alone with the first of them as its input. */
function withInput(graph: Graph): GraphWithInputs {
  const position = graph.nodes.findIndex((node) => node.operator === "constant");
  const node = graph.nodes[position];
  if (node?.operator !== "constant") return { graph, inputs: [] };
  const { value } = node.attributes;
  return {
    graph: graphOf(graph.nodes.with(position, inputNode(value)), 1, graph.outputs[0]!),
    inputs: [value],
  };
}

/** The value of every node; null where an operator refuses its operands. */
function valuesOf(
  nodes: readonly GraphNode[],
  leaves: ReadonlyMap<number, Tensor>,
  smooth: boolean,
): readonly Tensor[] | null {
  const values: Tensor[] = [];
  try {
    for (const [i, node] of nodes.entries()) {
      const leaf = leaves.get(i);
      if (leaf) {
        values.push(leaf);
        continue;
      }
      const operands = node.inputs.map((input: number) => values[input]!);
      if (node.operator === "custom") {
        values.push(evaluateFlat(node.attributes.primal, operands)[0]!);
        continue;
      }
      const value = operatorOf(node.operator as OperatorName).evaluate(operands, node.attributes);
      if (refusal(node.operator as OperatorName, operands, node.attributes as never, value, smooth) !== null)
        return null;
      values.push(value);
    }
  } catch (error) {
    if (error instanceof FluxionError) return null;
    throw error;
  }
  return values;
}

/** Operators weigh most, then inputs, then entries, then decimals; every step of shrinking makes the sum smaller. */
function complexity({ nodes }: Graph, inputs: readonly Tensor[]): number {
  const constants = nodes.flatMap((node) => (node.operator === "constant" ? [node.attributes.value] : []));
  const leaves = [...inputs, ...constants];
  const operators = nodes.length - leaves.length;
  const numbers = leaves.reduce((total, leaf) => total + decimalsOf(leaf), 0);
  const entries = leaves.reduce((total, leaf) => total + leaf.size, 0);
  return operators * 1e6 + inputs.length * 1e5 + entries * 1e3 + numbers;
}
