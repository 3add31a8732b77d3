import {
  type ConstantNode, evaluateNodes, type Graph, type GraphNode, type InputNode, type Strategy,
  tensor, type Tensor,
} from "@fluxion/core"; // prettier-ignore
import { graphOf, subgraph } from "../programs/subgraph.ts";
import { examine } from "./examine.ts";
import { randomDirection, randomIntegers } from "./random.ts";
import type { Quantity } from "./report.ts";
import { graphOrNull, type Subject, subjectOfGraph } from "./subject.ts";

type AppliedNode = Exclude<GraphNode, InputNode | ConstantNode>;

/** An operator, or "custom" for a function with rules of its own. */
export type Applied = AppliedNode["operator"];

/** The operator at which a strategy departs. */
export interface Location {
  readonly operator: Applied;
  /** The node's position in the program. */
  readonly position: number;
  /** The operator shows it alone; otherwise it needs the part of the program above. */
  readonly alone: boolean;
  /** The operator of the program in whose derivative the faulty one is used; null where it is that one itself. */
  readonly within: Applied | null;
}

/** Where a graph is differentiated. */
type Point = Pick<Subject, "inputs" | "smooth">;

/**
 * Walks a graph in order and finds the first operator at which a strategy departs from others: each operator alone, at
 * its own operands; then the graph cut at each node. Null where no operator is to blame, or all are.
 */
export function locate(
  graph: Graph,
  { inputs, smooth }: Point,
  quantity: Quantity,
  strategies: readonly Strategy[],
  dissenter: Strategy,
): Location | null {
  const departs = (subject: Subject, asked: Quantity): boolean => {
    const found = examine(contracted(subject, asked), strategies, [asked]).disagreement;
    return found !== null && found.vote.dissenters.includes(dissenter.name);
  };
  if (PROBES.every(([probe, at]) => departs(subjectOfGraph(probe, at), quantity))) return null;
  const values = evaluateNodes(graph, inputs);
  for (const [position, node] of appliedNodes(graph)) {
    const subject = alone(node, values, smooth);
    if (!departs(subject, quantity)) continue;
    const inner = departs(subject, nativeQuantity(dissenter))
      ? null
      : insideDerivative(subject, dissenter, departs);
    return { operator: inner ?? node.operator, position, alone: true, within: inner && node.operator };
  }
  for (const [position, node] of appliedNodes(graph)) {
    const cut = subgraph(graph.nodes, values, position);
    if (departs(subjectOfGraph(cut.graph, cut.inputs, smooth), quantity))
      return { operator: node.operator, position, alone: false, within: null };
  }
  return null;
}

/** Programs so simple that a strategy which fails on all of them has no faulty rule, but does something else wrong. */
const PROBES: readonly (readonly [Graph, readonly Tensor[]])[] = (["sin", "cumsum", "square"] as const).map(
  (operator) => {
    const x = tensor([0.3, 0.7]);
    const attributes = operator === "cumsum" ? { axis: 0, reverse: false } : {};
    const input: GraphNode = { operator: "input", inputs: [], attributes: { index: 0 }, shape: x.shape };
    return [graphOf([input, { operator, inputs: [0], attributes, shape: x.shape } as GraphNode], 1, 1), [x]];
  },
);

/** What a strategy computes by applying each rule once. */
function nativeQuantity({ mode }: Strategy): "vjp" | "jvp" {
  return mode === "reverse" ? "vjp" : "jvp";
}

/** The operator that departs among those that the dissenter's own derivative of the subject is made of. */
function insideDerivative(
  { f, inputs, tangents, cotangents, smooth }: Subject,
  dissenter: Strategy,
  departs: (subject: Subject, asked: Quantity) => boolean,
): Applied | null {
  const native = nativeQuantity(dissenter);
  const directions = native === "vjp" ? cotangents : tangents;
  const derivative = (all: readonly Tensor[]): readonly Tensor[] => {
    const [xs, along] = [all.slice(0, inputs.length), all.slice(inputs.length)];
    return native === "vjp" ? dissenter.vjp(f)(xs).pullback(along) : dissenter.jvp(f)(xs)(along).tangent;
  };
  const at = [...inputs, ...directions];
  const graph = graphOrNull(derivative, at);
  if (!graph) return null;
  const values = evaluateNodes(graph, at);
  const found = appliedNodes(graph).find(([, node]) => departs(alone(node, values, smooth), native));
  return found ? found[1].operator : null;
}

function appliedNodes(graph: Graph): readonly (readonly [number, AppliedNode])[] {
  return graph.nodes.flatMap((node, position) => (isApplied(node) ? [[position, node] as const] : []));
}

function isApplied(node: GraphNode): node is AppliedNode {
  return node.operator !== "input" && node.operator !== "constant";
}

/** One operator as a function of its operands, at the values that they have in the graph. */
function alone(node: AppliedNode, values: readonly Tensor[], smooth: boolean): Subject {
  const operands = node.inputs.map((i) => values[i]!);
  const nodes: GraphNode[] = operands.map((x, index) => ({
    operator: "input",
    inputs: [],
    attributes: { index },
    shape: x.shape,
  }));
  nodes.push({ ...node, inputs: operands.map((_, i) => i) });
  return subjectOfGraph(graphOf(nodes, operands.length, operands.length), operands, smooth);
}

/** Gradients and second derivatives need a scalar: every entry with a weight of its own. */
function contracted(subject: Subject, quantity: Quantity): Subject {
  const { graph, inputs, values, smooth } = subject;
  if (graph === null || subject.scalar !== null || !["gradient", "hessian", "hvp"].includes(quantity))
    return subject;
  const { shape } = values[0]!;
  const weights = randomDirection(randomIntegers(1), shape);
  const count = graph.nodes.length;
  const nodes: readonly GraphNode[] = [
    ...graph.nodes,
    { operator: "constant", inputs: [], attributes: { value: weights }, shape },
    { operator: "mul", inputs: [graph.outputs[0]!, count], attributes: {}, shape },
    {
      operator: "sum",
      inputs: [count + 1],
      attributes: { axes: shape.map((_, axis) => axis), keepDims: false },
      shape: [],
    },
  ];
  return subjectOfGraph(graphOf(nodes, graph.inputs, count + 2), inputs, smooth);
}
