import type { Strategy } from "../strategy/strategy.ts";
import { asTensor } from "../tensor/numeric.ts";
import { readOptions } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { flattenAs } from "../tree/tree.ts";
import { adjointsOfNodes } from "./adjoints.ts";
import { checkGraph } from "./check-graph.ts";
import { evaluateNodes } from "./evaluate.ts";
import type { Graph, GraphNode } from "./graph.ts";

/** What is written at the nodes beside the operators. */
export interface MermaidOptions {
  /** Arguments of the traced function: every node then shows its forward value. */
  readonly at?: readonly unknown[];
  /** With `at`: every node then shows the derivative of the result by it, as this strategy finds it. */
  readonly strategy?: Pick<Strategy, "gradient">;
  /** Names of the inputs, in order; x0, x1, … unless given. */
  readonly names?: readonly string[];
}

/**
 * The computation graph as a Mermaid flowchart: one box for each node, an arrow from every operand to its operator; with
 * forward values and backward derivatives at the nodes when they are given.
 *
 * @example
 * import { mul, toMermaid, trace, type Tensor } from "@fluxion/core";
 * toMermaid(trace((x: Tensor) => mul(x, x))(1), { names: ["x"] }).split("\n")[1]; // =>   n0(["x"])
 */
export function toMermaid(graph: Graph, options: MermaidOptions = {}): string {
  checkGraph("toMermaid", graph);
  readOptions("toMermaid", options, "at", "strategy", "names");
  const inputs = options.at && flattenAs("toMermaid", graph.inputStructure, options.at).map(asTensor);
  const values = inputs && evaluateNodes(graph, inputs);
  const adjoints = inputs && options.strategy && adjointsOfNodes(graph, inputs, options.strategy);
  const lines = ["flowchart LR"];
  graph.nodes.forEach((node, position) => {
    const text = [
      label(node, options.names ?? []),
      ...numbers(node, values?.[position], adjoints?.[position]),
    ]
      .map(escape)
      .join("<br/>");
    lines.push(
      node.operator === "input" || node.operator === "constant"
        ? `  n${position}(["${text}"])`
        : `  n${position}["${text}"]`,
    );
    for (const input of node.inputs) lines.push(`  n${input} --> n${position}`);
  });
  graph.outputs.forEach((position, i) => {
    lines.push(`  n${position} --> out${i}(("${graph.outputs.length > 1 ? `result ${i}` : "result"}"))`);
  });
  return `${lines.join("\n")}\n`;
}

function label(node: GraphNode, names: readonly string[]): string {
  switch (node.operator) {
    case "input":
      return names[node.attributes.index] ?? `x${node.attributes.index}`;
    case "constant":
      return node.shape.length === 0 && node.attributes.value.level === 0
        ? String(node.attributes.value.item())
        : `constant [${node.shape.join(",")}]`;
    case "custom":
      return node.attributes.name;
    default:
      return node.operator;
  }
}

function numbers(node: GraphNode, value: Tensor | undefined, adjoint: Tensor | null | undefined): string[] {
  return [
    ...(value && node.operator !== "constant" ? [`value ${shorten(value)}`] : []),
    ...(adjoint ? [`derivative ${shorten(adjoint)}`] : []),
  ];
}

/** A tensor on one line, to six digits. */
function shorten(x: Tensor): string {
  const text = (value: number): string => String(Number(value.toPrecision(6)));
  return x.shape.length === 0
    ? text(x.item())
    : `[${Array.from(x.data.slice(0, 6), text).join(", ")}${x.size > 6 ? ", …" : ""}]`;
}

/**
 * Text that can't end a Mermaid string, open an HTML tag, start Markdown or be taken for a directive (`%%{…}%%`): such
 * characters as Mermaid's entity codes. Source: Mermaid, "Flowcharts", special characters.
 */
function escape(text: string): string {
  return text.replaceAll(/[&<>"#%`;{}\\]|\p{Cc}/gu, (character) => `#${character.codePointAt(0)};`);
}
