import type { Attributes, OperatorName } from "../operators/operator.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { TreeStructure } from "../tree/tree.ts";

/** A leaf of an argument of the traced function. */
export interface InputNode {
  readonly operator: "input";
  readonly inputs: readonly [];
  readonly attributes: { readonly index: number };
  readonly shape: Shape;
}

/** A tensor that the traced function captured or made. */
export interface ConstantNode {
  readonly operator: "constant";
  readonly inputs: readonly [];
  readonly attributes: { readonly value: Tensor };
  readonly shape: Shape;
}

/** An operator applied to earlier nodes. */
export interface OperatorNode<N extends OperatorName = OperatorName> {
  readonly operator: N;
  readonly inputs: readonly number[];
  readonly attributes: Attributes<N>;
  readonly shape: Shape;
}

/** A function with derivative rules of its own (`customRule`), applied to earlier nodes. */
export interface CustomNode {
  readonly operator: "custom";
  readonly inputs: readonly number[];
  readonly attributes: {
    readonly name: string;
    /** Inputs to output. */
    readonly primal: Graph;
    /** Inputs followed by tangents to the output's tangent, where a rule was given. */
    readonly jvp: Graph | null;
    /** Cotangent followed by inputs and output to the cotangents of the inputs, where a rule was given. */
    readonly vjp: Graph | null;
  };
  readonly shape: Shape;
}

export type GraphNode =
  InputNode | ConstantNode | { [N in OperatorName]: OperatorNode<N> }[OperatorName] | CustomNode;

/**
 * A function as inert data, for given shapes: nodes in topological order, so that every input of a node stands before it.
 * The structures say how arguments and results were nested; `inputs` counts the leaves of all arguments.
 */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly inputs: number;
  /** Positions in `nodes` of the leaves of the result. */
  readonly outputs: readonly number[];
  /** An array structure: one child for each argument. */
  readonly inputStructure: TreeStructure;
  readonly outputStructure: TreeStructure;
}
