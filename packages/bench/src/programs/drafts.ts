import {
  evaluateNodes,
  fromData,
  full,
  type Graph,
  type GraphNode,
  type Shape,
  sizeOf,
  type Tensor,
} from "@fluxion/core";
import { round } from "./decimals.ts";
import type { GraphWithInputs } from "./subgraph.ts";

/** Nodes with a value for each leaf: a program that is being changed. */
export interface Draft {
  readonly nodes: readonly GraphNode[];
  /** The values of inputs and constants, by position; others are computed. */
  readonly leaves: ReadonlyMap<number, Tensor>;
  readonly output: number;
}

/** Changes of a program, the boldest first; they needn't be defined. */
export function* drafts({ graph, inputs }: GraphWithInputs): Generator<Draft> {
  const base: Draft = { nodes: graph.nodes, leaves: leavesOf(graph, inputs), output: graph.outputs[0]! };
  const values = evaluateNodes(graph, inputs);
  yield* otherOutputs(base);
  yield* bypasses(base);
  yield* frozen(base, values);
  yield* constants(base);
  yield* shorterAxes(base);
  yield* rounderNumbers(base);
}

/** The values of a graph's inputs and constants, by position. */
export function leavesOf({ nodes }: Graph, inputs: readonly Tensor[]): ReadonlyMap<number, Tensor> {
  const leaves = new Map<number, Tensor>();
  nodes.forEach((node, i) => {
    if (node.operator === "input") leaves.set(i, inputs[node.attributes.index]!);
    if (node.operator === "constant") leaves.set(i, node.attributes.value);
  });
  return leaves;
}

/** An earlier node becomes the result, or its sum. */
function* otherOutputs(base: Draft): Generator<Draft> {
  for (let i = 0; i < base.output; i++) {
    if (isLeaf(base.nodes[i]!)) continue;
    yield { ...base, output: i };
    const { shape } = base.nodes[i]!;
    if (shape.length > 0) {
      const total = {
        operator: "sum",
        inputs: [i],
        attributes: { axes: shape.map((_, axis) => axis), keepDims: false },
        shape: [],
      } as GraphNode;
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
      const nodes = base.nodes.map(
        (other) =>
          ({ ...other, inputs: other.inputs.map((input) => (input === i ? operand : input)) }) as GraphNode,
      );
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
      for (const leaf of [constantNode(value), inputNode(value)])
        yield { ...base, nodes: base.nodes.with(i, leaf), leaves: new Map(base.leaves).set(i, value) };
    }
  }
}

/** An input turns constant. */
function* constants(base: Draft): Generator<Draft> {
  for (const [i, value] of base.leaves)
    if (base.nodes[i]!.operator === "input")
      yield { ...base, nodes: base.nodes.with(i, constantNode(value)) };
}

/** Every axis of one length becomes shorter, in leaves and attributes alike. */
function* shorterAxes(base: Draft): Generator<Draft> {
  const lengths = new Set(
    [...base.leaves.values()].flatMap((value) => value.shape).filter((length) => length > 1),
  );
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
      !lengths.includes(key)
        ? value
        : Array.isArray(value)
          ? value.map((length: number) => cut(length))
          : cut(value as number),
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
  for (const decimals of [0, 1, 2])
    yield withLeaves(new Map([...base.leaves].map(([i, value]) => [i, round(value, decimals)])));
  for (const [i, value] of base.leaves) {
    for (const simple of [1, 2, 0.5])
      yield withLeaves(new Map(base.leaves).set(i, full(value.shape, simple)));
    for (const decimals of [0, 1, 2]) yield withLeaves(new Map(base.leaves).set(i, round(value, decimals)));
    for (let entry = 0; entry < value.size; entry++) {
      for (const decimals of [0, 1, 2])
        yield withLeaves(new Map(base.leaves).set(i, round(value, decimals, entry)));
    }
  }
}

/** The first entries along every axis. */
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
export function inputNode(value: Tensor): GraphNode {
  return { operator: "input", inputs: [], attributes: { index: 0 }, shape: value.shape };
}
