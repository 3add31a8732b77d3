import type { Interpreter } from "../dispatch/interpreter.ts";
import { stillOpen, withLevel } from "../dispatch/level.ts";
import { FluxionError } from "../errors.ts";
import type { AnyOperator } from "../operators/operator.ts";
import { capturedByRule, checkCotangents, checkTangent, type CustomRule } from "../strategy/custom-rule.ts";
import { found } from "../tensor/found.ts";
import { asTensor, type Numeric } from "../tensor/numeric.ts";
import type { Shape } from "../tensor/shape.ts";
import { concrete, type Tensor, traced } from "../tensor/tensor.ts";
import { flatten, LEAF, type TreeStructure, unflatten } from "../tree/tree.ts";
import type { Graph, GraphNode } from "./graph.ts";

/** Records every operator as a node; a value's `extra` is the position of its node. */
class Recorder implements Interpreter {
  readonly name: string;
  readonly level: number;
  open = true;
  readonly nodes: GraphNode[] = [];
  readonly #constants = new Map<Tensor, number>();

  constructor(level: number, name: string) {
    this.level = level;
    this.name = name;
  }

  input(shape: Shape, index: number): Tensor {
    return this.#push({ operator: "input", inputs: [], attributes: { index }, shape });
  }

  apply(operator: AnyOperator, inputs: readonly Tensor[], attributes: object): Tensor {
    const shape = operator.shape(
      inputs.map((x) => x.shape),
      attributes as never,
    );
    return this.#push({
      operator: operator.name,
      inputs: inputs.map((x) => this.positionOf(x)),
      attributes,
      shape,
    } as GraphNode);
  }

  applyCustom(rule: CustomRule, inputs: readonly Tensor[]): Tensor {
    // A function that may be differentiated as it stands is recorded as it stands.
    if (rule.otherwise === "differentiate") return rule.f(inputs);
    const shapes = inputs.map((x) => x.shape);
    const primal = traceFlat((xs) => [rule.f(xs)], shapes, this.name);
    const output = primal.nodes[primal.outputs[0]!]!.shape;
    const { jvp, vjp } = rule;
    const n = inputs.length;
    const attributes = {
      name: rule.name,
      primal,
      jvp:
        jvp &&
        traceFlat(
          (all) => [checkTangent(rule.name, jvp(all.slice(0, n), all.slice(n)), output)],
          [...shapes, ...shapes],
          this.name,
        ),
      vjp:
        vjp &&
        traceFlat(
          ([cotangent, ...all]) =>
            checkCotangents(rule.name, vjp(cotangent!, all.slice(0, n), all[n]!), shapes),
          [output, ...shapes, output],
          this.name,
        ),
    };
    for (const graph of [primal, attributes.jvp, attributes.vjp])
      if (graph && captures(graph, this.level)) throw capturedByRule(this.name, rule.name);
    return this.#push({
      operator: "custom",
      inputs: inputs.map((x) => this.positionOf(x)),
      attributes,
      shape: output,
    });
  }

  /** The position of a value's node; a value of a lower level becomes a constant, the same one each time it is met. */
  positionOf(x: Tensor): number {
    if (x.level === this.level) return x.extra as number;
    stillOpen(x);
    let position = this.#constants.get(x);
    if (position === undefined) {
      position =
        this.nodes.push({ operator: "constant", inputs: [], attributes: { value: x }, shape: x.shape }) - 1;
      this.#constants.set(x, position);
    }
    return position;
  }

  #push(node: GraphNode): Tensor {
    return traced(this, node.shape, null, this.nodes.push(node) - 1);
  }
}

/** Whether a graph holds a value of a level, itself or in the graphs of its rules. */
function captures(graph: Graph, level: number): boolean {
  return graph.nodes.some((node) => {
    if (node.operator === "constant") return node.attributes.value.level >= level;
    if (node.operator !== "custom") return false;
    const { primal, jvp, vjp } = node.attributes;
    return [primal, jvp, vjp].some((inner) => inner !== null && captures(inner, level));
  });
}

/** The graph of a function of flat lists of tensors of these shapes; errors say that `name` traces them. */
export function traceFlat(
  f: (inputs: readonly Tensor[]) => readonly Numeric[],
  shapes: readonly Shape[],
  name: string = "trace",
): Graph {
  const structure: TreeStructure = { kind: "array", children: shapes.map(() => LEAF) };
  return record(name, shapes, structure, (inputs) => ({
    leaves: f(inputs),
    structure: (n) => ({ kind: "array", children: Array.from({ length: n }, () => LEAF) }),
  }));
}

/** The graph of f at arguments of the shapes of the examples; what f captures is copied, so that the graph stays as it is. */
export function traceFunction(f: (...args: never) => unknown, examples: readonly unknown[]): Graph {
  if (typeof f !== "function" || !Array.isArray(examples))
    throw new FluxionError(
      "ARGUMENT",
      `trace takes a function and examples of its arguments, trace(f)(x); found ${found(typeof f === "function" ? examples : f)}.`,
    );
  const leaves: Numeric[] = [];
  const inputStructure = flatten("trace", examples, leaves);
  const shapes = leaves.map((leaf) => asTensor(leaf).shape);
  const graph = record("trace", shapes, inputStructure, (inputs) => {
    const results: Numeric[] = [];
    const structure = flatten("trace", f(...(unflatten(inputStructure, inputs) as never)), results);
    return { leaves: results, structure: () => structure };
  });
  return { ...graph, nodes: graph.nodes.map(withOwnConstant) };
}

function withOwnConstant(node: GraphNode): GraphNode {
  if (node.operator !== "constant") return node;
  const { value } = node.attributes;
  return value.store === null
    ? node
    : { ...node, attributes: { value: concrete(value.store.slice(), value.shape) } };
}

function record(
  name: string,
  shapes: readonly Shape[],
  inputStructure: TreeStructure,
  run: (inputs: readonly Tensor[]) => {
    readonly leaves: readonly Numeric[];
    readonly structure: (leaves: number) => TreeStructure;
  },
): Graph {
  return withLevel(
    (level) => new Recorder(level, name),
    (recorder) => {
      const inputs = shapes.map((shape, index) => recorder.input(shape, index));
      const { leaves, structure } = run(inputs);
      const outputs = leaves.map((leaf) => recorder.positionOf(asTensor(leaf)));
      return {
        nodes: recorder.nodes,
        inputs: shapes.length,
        outputs,
        inputStructure,
        outputStructure: structure(leaves.length),
      };
    },
  );
}
