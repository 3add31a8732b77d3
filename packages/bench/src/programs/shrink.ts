import { fromData, FluxionError, type Graph, type GraphNode, type OperatorName, operatorOf, type Shape, sizeOf, type Tensor } from "@fluxion/core";
import { decimalsOf, round } from "./decimals.ts";
import type { Program } from "./program.ts";
import { refusal } from "./refusal.ts";
import { graphOf, type GraphWithInputs, subgraph } from "./subgraph.ts";

/** Nodes with a value for each leaf: a program that is being changed. */
interface Draft {
  readonly nodes: readonly GraphNode[];
  /** The values of inputs and constants, by position; others are computed. */
  readonly leaves: ReadonlyMap<number, Tensor>;
  readonly output: number;
}

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

function* drafts({ graph, inputs, smooth }: Program): Generator<Draft> {
  const nodes = graph.nodes;
  const output = graph.outputs[0]!;
  const leaves = new Map<number, Tensor>();
  nodes.forEach((node, i) => {
    if (node.operator === "input") leaves.set(i, inputs[node.attributes.index]!);
    if (node.operator === "constant") leaves.set(i, node.attributes.value);
  });
  const values = valuesOf(nodes, leaves, smooth);
  const base: Draft = { nodes, leaves, output };
  if (values === null) return;
  yield* otherOutputs(base);
  yield* bypasses(base);
  yield* frozen(base, values);
  yield* constants(base);
  yield* shorterAxes(base);
  yield* rounderNumbers(base);
}

function* otherOutputs(base: Draft): Generator<Draft> {
  for (let i = 0; i < base.output; i++) {
    if (isLeaf(base.nodes[i]!)) continue;
    yield { ...base, output: i };
    const { shape } = base.nodes[i]!;
    if (shape.length > 0) {
      const total = { operator: "sum", inputs: [i], attributes: { axes: shape.map((_, axis) => axis), keepDims: false }, shape: [] } as GraphNode;
      yield { ...base, nodes: [...base.nodes, total], output: base.nodes.length };
    }
  }
}

/** A node gives way to one of its operands of the same shape. */
function* bypasses(base: Draft): Generator<Draft> {
  for (let i = base.output; i >= 0; i--) {
    const node = base.nodes[i]!;
    for (const operand of new Set<number>(node.inputs)) {
      if (base.nodes[operand]!.shape.join() !== node.shape.join()) continue;
      const nodes = base.nodes.map((other) => ({ ...other, inputs: other.inputs.map((input) => (input === i ? operand : input)) }) as GraphNode);
      yield { ...base, nodes, output: base.output === i ? operand : base.output };
    }
  }
}

/** A node gives way to its value, as a constant or as an input. */
function* frozen(base: Draft, values: readonly Tensor[]): Generator<Draft> {
  for (let i = base.output - 1; i >= 0; i--) {
    if (isLeaf(base.nodes[i]!)) continue;
    for (const decimals of [1, 3, Infinity]) {
      const value = round(values[i]!, decimals);
      for (const leaf of [constantNode(value), inputNode(value)]) yield { ...base, nodes: base.nodes.with(i, leaf), leaves: new Map(base.leaves).set(i, value) };
    }
  }
}

function* constants(base: Draft): Generator<Draft> {
  for (const [i, value] of base.leaves) if (base.nodes[i]!.operator === "input") yield { ...base, nodes: base.nodes.with(i, constantNode(value)) };
}

/** Every axis of one length becomes shorter, in leaves and attributes alike. */
function* shorterAxes(base: Draft): Generator<Draft> {
  const lengths = new Set([...base.leaves.values()].flatMap((value) => value.shape).filter((length) => length > 1));
  for (const length of lengths) {
    for (const shorter of length > 2 ? [1, length - 1] : [1]) {
      const cut = (axis: number): number => (axis === length ? shorter : axis);
      const leaves = new Map([...base.leaves].map(([i, value]) => [i, corner(value, value.shape.map(cut))]));
      const nodes = base.nodes.map((node, i) => {
        if (node.operator === "constant") return constantNode(leaves.get(i)!);
        return { ...node, attributes: withShorterAxes(node.attributes, cut) } as GraphNode;
      });
      yield { ...base, nodes, leaves };
    }
  }
}

function withShorterAxes(attributes: object, cut: (length: number) => number): object {
  const lengths = ["shape", "stops", "size"];
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]: [string, unknown]) => [
      key,
      !lengths.includes(key) ? value : Array.isArray(value) ? value.map((length: number) => cut(length)) : cut(value as number),
    ]),
  );
}

/** All numbers at once, then one leaf after another, then one number after another. */
function* rounderNumbers(base: Draft): Generator<Draft> {
  const withLeaves = (leaves: ReadonlyMap<number, Tensor>): Draft => ({
    ...base,
    leaves,
    nodes: base.nodes.map((node, i) => (node.operator === "constant" ? constantNode(leaves.get(i)!) : node)),
  });
  for (const decimals of [0, 1, 2]) yield withLeaves(new Map([...base.leaves].map(([i, value]) => [i, round(value, decimals)])));
  for (const [i, value] of base.leaves) {
    for (const simple of [1, 2, 0.5]) yield withLeaves(new Map(base.leaves).set(i, fromData(value.data.map(() => simple), value.shape)));
    for (const decimals of [0, 1, 2]) yield withLeaves(new Map(base.leaves).set(i, round(value, decimals)));
    for (let entry = 0; entry < value.size; entry++) {
      for (const decimals of [0, 1, 2]) yield withLeaves(new Map(base.leaves).set(i, round(value, decimals, entry)));
    }
  }
}

/** The draft as a graph with true shapes; null when it isn't defined or not smooth. */
function settle(draft: Draft, smooth: boolean): GraphWithInputs | null {
  const leafValues = draft.nodes.map((_, i) => draft.leaves.get(i)!); // only those of inputs are read
  const cut = subgraph(draft.nodes, leafValues, draft.output);
  const { graph, inputs } = cut.inputs.length > 0 ? cut : withInput(cut.graph);
  if (inputs.length === 0) return null;
  const leaves = new Map<number, Tensor>();
  graph.nodes.forEach((node, i) => {
    if (node.operator === "input") leaves.set(i, inputs[node.attributes.index]!);
    if (node.operator === "constant") leaves.set(i, node.attributes.value);
  });
  const values = valuesOf(graph.nodes, leaves, smooth);
  if (values === null) return null;
  return { graph: { ...graph, nodes: graph.nodes.map((node, i) => ({ ...node, shape: values[i]!.shape }) as GraphNode) }, inputs };
}

/** A graph of constants alone with the first of them as its input. */
function withInput(graph: Graph): GraphWithInputs {
  const position = graph.nodes.findIndex((node) => node.operator === "constant");
  const node = graph.nodes[position];
  if (node?.operator !== "constant") return { graph, inputs: [] };
  const { value } = node.attributes;
  return { graph: graphOf(graph.nodes.with(position, inputNode(value)), 1, graph.outputs[0]!), inputs: [value] };
}

/** The value of every node; null where an operator refuses its operands. */
function valuesOf(nodes: readonly GraphNode[], leaves: ReadonlyMap<number, Tensor>, smooth: boolean): readonly Tensor[] | null {
  const values: Tensor[] = [];
  try {
    for (const [i, node] of nodes.entries()) {
      const leaf = leaves.get(i);
      if (leaf) {
        values.push(leaf);
        continue;
      }
      const operands = node.inputs.map((input) => values[input]!);
      const value = operatorOf(node.operator as OperatorName).evaluate(operands, node.attributes);
      if (refusal(node.operator as OperatorName, operands, node.attributes as never, value, smooth) !== null) return null;
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

function corner(value: Tensor, shape: Shape): Tensor {
  const out = new Float64Array(sizeOf(shape));
  for (let i = 0; i < out.length; i++) {
    let [rest, position, stride] = [i, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position += (rest % shape[axis]!) * stride;
      rest = Math.floor(rest / shape[axis]!);
      stride *= value.shape[axis]!;
    }
    out[i] = value.data[position]!;
  }
  return fromData(out, shape);
}

function isLeaf(node: GraphNode): boolean {
  return node.operator === "input" || node.operator === "constant";
}

function constantNode(value: Tensor): GraphNode {
  return { operator: "constant", inputs: [], attributes: { value }, shape: value.shape };
}

/** The index is given when the draft is settled. */
function inputNode(value: Tensor): GraphNode {
  return { operator: "input", inputs: [], attributes: { index: 0 }, shape: value.shape };
}
