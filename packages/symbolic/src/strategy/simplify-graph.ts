import type { Graph, GraphNode, Tensor } from "@fluxion/core";

/**
 * The same graph, smaller: equal nodes once, factors that are exactly 1 and double negations away, nothing that no
 * output needs. Every step keeps every value bit for bit.
 */
export function simplifyGraph(graph: Graph): Graph {
  const nodes: GraphNode[] = [];
  const known = new Map<string, number>();
  const renamed: number[] = [];
  graph.nodes.forEach((node) => {
    const inputs = node.inputs.map((i) => renamed[i]!);
    const same = shortcut(node, inputs, nodes);
    if (same !== null) {
      renamed.push(same);
      return;
    }
    const moved = { ...node, inputs } as GraphNode;
    const key = keyOf(moved);
    let position = key === null ? undefined : known.get(key);
    if (position === undefined) {
      position = nodes.push(moved) - 1;
      if (key !== null) known.set(key, position);
    }
    renamed.push(position);
  });
  return withoutDeadNodes({ ...graph, nodes, outputs: graph.outputs.map((position) => renamed[position]!) });
}

/** Two nodes with the same key have the same value. */
export function keyOf(node: GraphNode): string | null {
  switch (node.operator) {
    case "custom":
      return null;
    case "constant": {
      const number = scalarOf(node);
      return number === null ? null : `constant ${Object.is(number, -0) ? "-0" : number}`;
    }
    default:
      return `${node.operator} ${node.inputs.join(",")} ${JSON.stringify(node.attributes)}`;
  }
}

/** The earlier node that a node only repeats, or null. */
function shortcut(node: GraphNode, inputs: readonly number[], nodes: readonly GraphNode[]): number | null {
  const sameShape = (position: number): boolean => nodes[position]!.shape.join() === node.shape.join();
  switch (node.operator) {
    case "mul":
    case "strongMul": {
      const [a, b] = inputs as [number, number];
      if (scalarOf(nodes[a]!) === 1 && sameShape(b)) return b;
      return scalarOf(nodes[b]!) === 1 && sameShape(a) ? a : null;
    }
    case "neg": {
      const inner = nodes[inputs[0]!]!;
      return inner.operator === "neg" ? inner.inputs[0]! : null;
    }
    default:
      return null;
  }
}

/** The number of a concrete scalar constant. */
function scalarOf(node: GraphNode): number | null {
  if (node.operator !== "constant") return null;
  const value: Tensor = node.attributes.value;
  return value.level === 0 && value.shape.length === 0 ? value.item() : null;
}

/** Inputs stay, so that a graph keeps its signature. */
function withoutDeadNodes(graph: Graph): Graph {
  const needed = new Set<number>(graph.outputs);
  for (let position = graph.nodes.length - 1; position >= 0; position--)
    if (needed.has(position)) for (const input of graph.nodes[position]!.inputs) needed.add(input);
  const nodes: GraphNode[] = [];
  const renamed: number[] = [];
  graph.nodes.forEach((node, position) => {
    const stays = node.operator === "input" || needed.has(position);
    renamed.push(
      stays ? nodes.push({ ...node, inputs: node.inputs.map((i) => renamed[i]!) } as GraphNode) - 1 : -1,
    );
  });
  return { ...graph, nodes, outputs: graph.outputs.map((position) => renamed[position]!) };
}
