import { type ConstantNode, type CustomNode, evaluateNodes, type Graph, type GraphNode, type InputNode, mul, type Strategy, sum, type Tensor } from "@fluxion/core";
import { graphOf, subgraph } from "../programs/subgraph.ts";
import { examine } from "./examine.ts";
import { randomDirection, randomIntegers } from "./random.ts";
import type { Quantity } from "./report.ts";
import { type Subject, subjectOfGraph } from "./subject.ts";

type OperatorNode = Exclude<GraphNode, InputNode | ConstantNode | CustomNode>;

/** The node at which a strategy departs. */
export interface Location {
  readonly node: OperatorNode;
  readonly position: number;
  /** The operator alone shows it; otherwise it needs the part of the graph above. */
  readonly alone: boolean;
}

/** Quantities that a single operator shows without being contracted to a scalar. */
const LOCAL: Partial<Record<Quantity, Quantity>> = { gradient: "vjp" };

/**
 * Walks a graph in order and finds the first operator at which strategies disagree: each operator alone, at its own
 * operands; then the graph cut at each node.
 */
export function locate(graph: Graph, inputs: readonly Tensor[], quantity: Quantity, strategies: readonly Strategy[]): Location | null {
  const values = evaluateNodes(graph, inputs);
  const disagrees = (subject: Subject, asked: Quantity): boolean => examine(subject, strategies, [asked]).disagreement !== null;
  for (const [position, node] of operatorNodes(graph)) {
    if (disagrees(contracted(alone(node, values), quantity), LOCAL[quantity] ?? quantity)) return { node, position, alone: true };
  }
  for (const [position, node] of operatorNodes(graph)) {
    const cut = subgraph(graph.nodes, values, position);
    if (disagrees(contracted(subjectOfGraph(cut.graph, cut.inputs), quantity), quantity)) return { node, position, alone: false };
  }
  return null;
}

function operatorNodes(graph: Graph): readonly (readonly [number, OperatorNode])[] {
  return graph.nodes.flatMap((node, position) => (isOperator(node) ? [[position, node] as const] : []));
}

function isOperator(node: GraphNode): node is OperatorNode {
  return node.operator !== "input" && node.operator !== "constant" && node.operator !== "custom";
}

/** One operator as a function of its operands, at the values that they have in the graph. */
function alone(node: OperatorNode, values: readonly Tensor[]): Subject {
  const operands = node.inputs.map((i) => values[i]!);
  const nodes: GraphNode[] = operands.map((x, index) => ({ operator: "input", inputs: [], attributes: { index }, shape: x.shape }));
  nodes.push({ ...node, inputs: operands.map((_, i) => i) } as GraphNode);
  return subjectOfGraph(graphOf(nodes, operands.length, operands.length), operands);
}

/** Second derivatives, and gradients, need a scalar: every entry with a weight of its own. */
function contracted(subject: Subject, quantity: Quantity): Subject {
  if (subject.scalar !== null || !["gradient", "hessian", "hvp"].includes(quantity)) return subject;
  const next = randomIntegers(1);
  const weights = subject.values.map((value) => randomDirection(next, value.shape));
  const scalar = (xs: readonly Tensor[]): Tensor => sum(mul(subject.f(xs)[0]!, weights[0]!));
  return { ...subject, scalar };
}
