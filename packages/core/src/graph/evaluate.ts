import { invoke } from "../dispatch/invoke.ts";
import { FluxionError } from "../errors.ts";
import { operators } from "../operators/registry.ts";
import type { AnyOperator, OperatorName } from "../operators/operator.ts";
import { applyCustomRule, type CustomRule } from "../strategy/custom-rule.ts";
import { asTensor } from "../tensor/numeric.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import { detached, type Tensor } from "../tensor/tensor.ts";
import { flattenAs, type Tree, unflatten } from "../tree/tree.ts";
import { checkGraph } from "./check-graph.ts";
import type { CustomNode, Graph, GraphNode } from "./graph.ts";

/**
 * The value of every node, in order. Inputs may be traced, so a graph can itself be differentiated; `adjust` may replace
 * a node's value before other nodes read it. Throws `ARGUMENT` for another number of inputs, `SHAPE_MISMATCH` when one has
 * another shape than the graph was traced for.
 */
export function evaluateNodes(
  graph: Graph,
  inputs: readonly Tensor[],
  adjust: (value: Tensor, position: number) => Tensor = (value) => value,
): readonly Tensor[] {
  checkGraph("evaluate", graph);
  if (inputs.length !== graph.inputs)
    throw new FluxionError(
      "ARGUMENT",
      `evaluate: the graph has ${graph.inputs} inputs, found ${inputs.length}. Give one tensor for each.`,
    );
  const values: Tensor[] = [];
  const operandsOf = (node: GraphNode): readonly Tensor[] => node.inputs.map((i) => values[i]!);
  graph.nodes.forEach((node, position) =>
    values.push(adjust(evaluateNode(node, inputs, operandsOf(node)), position)),
  );
  return values;
}

function evaluateNode(node: GraphNode, inputs: readonly Tensor[], operands: readonly Tensor[]): Tensor {
  switch (node.operator) {
    case "input": {
      const input = inputs[node.attributes.index]!;
      if (!sameShape(node.shape, input.shape))
        throw new FluxionError(
          "SHAPE_MISMATCH",
          `evaluate: the graph was traced for shape ${formatShape(node.shape)} at input ${node.attributes.index}, found ${formatShape(input.shape)}. Trace f again for other shapes.`,
        );
      return input;
    }
    case "constant":
      return node.attributes.value;
    case "custom":
      return applyCustomRule(ruleOf(node), operands);
    default:
      return invoke(operatorOf(node.operator), operands, node.attributes);
  }
}

/** The operator of a name, as interpreters take it. */
export function operatorOf(name: OperatorName): AnyOperator {
  return operators[name];
}

/** The leaves of the result for the leaves of the arguments. */
export function evaluateFlat(graph: Graph, inputs: readonly Tensor[]): readonly Tensor[] {
  const values = evaluateNodes(graph, inputs);
  return graph.outputs.map((position) => values[position]!);
}

/**
 * Runs a graph on arguments of the shapes that it was traced for.
 * Throws `SHAPE_MISMATCH` for other shapes, `TREE` for arguments of another structure.
 *
 * @example
 * import { evaluate, mul, sin, trace, type Tensor } from "@fluxion/core";
 * const graph = trace((x: Tensor) => mul(x, sin(x)))(1);
 * String(evaluate(graph, 0)); // => 0
 */
export function evaluate(graph: Graph, ...args: readonly unknown[]): Tree<Tensor> {
  checkGraph("evaluate", graph);
  const leaves = flattenAs("evaluate", graph.inputStructure, args).map(asTensor);
  return unflatten(graph.outputStructure, evaluateFlat(graph, leaves).map(detached));
}

/** The function with rules that a custom node stands for. */
function ruleOf(node: CustomNode): CustomRule {
  const { name, primal, jvp, vjp } = node.attributes;
  return {
    name,
    otherwise: "refuse",
    f: (inputs) => evaluateFlat(primal, inputs)[0]!,
    jvp: jvp && ((inputs, tangents) => evaluateFlat(jvp, [...inputs, ...tangents])[0]!),
    vjp: vjp && ((cotangent, inputs, output) => evaluateFlat(vjp, [cotangent, ...inputs, output])),
  };
}
