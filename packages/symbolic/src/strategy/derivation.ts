import { add, evaluateFlat, FluxionError, type Graph, type GraphNode, type OperatorNode, sameShape, type Shape, type Tangents, type Tensor, traceFlat, zeros } from "@fluxion/core"; // prettier-ignore
import { type ElementwiseName, elementwiseRules } from "../rules/elementwise.ts";
import { elementwiseMaps } from "./elementwise.ts";
import type { LinearMap } from "./linear-map.ts";
import { linearRules, type Point } from "./rules.ts";
import { simplifyGraph } from "./simplify-graph.ts";

/**
 * The derivative of a graph as another graph. Its inputs are the values of all nodes of the first one, then the seeds
 * that are not zero; so it holds for every point, and for every value of what f captured.
 */
export interface Derivation {
  readonly graph: Graph;
  /** Which results aren't zero everywhere, in order; the graph's outputs are these. */
  readonly present: readonly boolean[];
}

/** Tangents of the inputs to tangents of the outputs. */
export function deriveTangents(graph: Graph, seeded: readonly boolean[]): Derivation {
  const seedShapes = inputShapes(graph).filter((_, i) => seeded[i]!);
  return derivation(graph, seedShapes, (values, seeds) => {
    const tangents: (Tensor | null)[] = [];
    let next = 0;
    const seedOf = seeded.map((isSeeded) => (isSeeded ? seeds[next++]! : null));
    graph.nodes.forEach((node, position) => {
      if (node.operator === "input") {
        tangents.push(seedOf[node.attributes.index]!);
        return;
      }
      const active = node.inputs.some((i) => tangents[i]! !== null);
      const maps = active ? mapsOf(node, position, values) : [];
      const parts = maps.map((map, operand) => {
        const tangent = tangents[node.inputs[operand]!]!;
        return map && tangent && checked(map().apply(tangent), node, node.shape);
      });
      tangents.push(total(parts));
    });
    return graph.outputs.map((position) => tangents[position]!);
  });
}

/** Cotangents of the outputs to cotangents of the inputs. */
export function deriveCotangents(graph: Graph, seeded: readonly boolean[]): Derivation {
  const seedShapes = graph.outputs
    .map((position) => graph.nodes[position]!.shape)
    .filter((_, i) => seeded[i]!);
  const depends = dependsOnInputs(graph);
  return derivation(graph, seedShapes, (values, seeds) => {
    const cotangents: (Tensor | null)[] = graph.nodes.map(() => null);
    let next = 0;
    graph.outputs.forEach((position, i) => {
      if (seeded[i]!) cotangents[position] = total([cotangents[position]!, seeds[next++]!]);
    });
    const results: (Tensor | null)[] = Array.from({ length: graph.inputs }, () => null);
    for (let position = graph.nodes.length - 1; position >= 0; position--) {
      const node = graph.nodes[position]!;
      const cotangent = cotangents[position]!;
      if (cotangent === null) continue;
      if (node.operator === "input") {
        results[node.attributes.index] = total([results[node.attributes.index]!, cotangent]);
        continue;
      }
      if (!depends[position]!) continue;
      mapsOf(node, position, values).forEach((map, operand) => {
        const parent = node.inputs[operand]!;
        if (map && depends[parent]!)
          cotangents[parent] = total([
            cotangents[parent]!,
            checked(map().transpose(cotangent), node, graph.nodes[parent]!.shape),
          ]);
      });
    }
    return results;
  });
}

function derivation(
  graph: Graph,
  seedShapes: readonly Shape[],
  derive: (values: readonly Tensor[], seeds: readonly Tensor[]) => Tangents,
): Derivation {
  const count = graph.nodes.length;
  let present: readonly boolean[] = [];
  const traced = traceFlat(
    (all) => {
      const results = derive(all.slice(0, count), all.slice(count));
      present = results.map((result) => result !== null);
      return results.filter((result) => result !== null);
    },
    [...graph.nodes.map((node) => node.shape), ...seedShapes],
  );
  return { graph: simplifyGraph(traced), present };
}

/** The derivative of a node by each operand, made when it is asked for. */
function mapsOf(
  node: GraphNode,
  position: number,
  values: readonly Tensor[],
): readonly (null | (() => LinearMap))[] {
  const inputs = node.inputs.map((i) => values[i]!);
  const output = values[position]!;
  switch (node.operator) {
    case "input":
    case "constant":
      return [];
    case "custom": {
      const { name, jvp, vjp } = node.attributes;
      return inputs.map((_, operand) => () => ({
        apply: (t) =>
          evaluateFlat(ruleOr(jvp, name, "jvp"), [
            ...inputs,
            ...inputs.map((x, i) => (i === operand ? t : zeros(x.shape))),
          ])[0]!,
        transpose: (g) => evaluateFlat(ruleOr(vjp, name, "vjp"), [g, ...inputs, output])[operand]!,
      }));
    }
    default:
      return operatorMaps(node, inputs, output).map((map) => map && (() => map));
  }
}

function operatorMaps(
  node: OperatorNode,
  inputs: readonly Tensor[],
  output: Tensor,
): readonly (LinearMap | null)[] {
  if (node.operator in elementwiseRules)
    return elementwiseMaps(node.operator as ElementwiseName, inputs, output, node.attributes);
  // The table's rules are typed one by one; here one is called for whatever operator the node has.
  const rule = linearRules[node.operator as keyof typeof linearRules] as (
    point: Point<never>,
  ) => readonly (LinearMap | null)[];
  return rule({ inputs, output, attributes: node.attributes } as unknown as Point<never>);
}

/** What a rule made, whose shape is known beforehand: a rule that gives another one is wrong, and must not stay silent. */
function checked(part: Tensor, node: GraphNode, shape: Shape): Tensor {
  if (!sameShape(part.shape, shape))
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `symbolic: the derivative of ${node.operator} came out with the shape [${part.shape.join()}] instead of [${shape.join()}]. ` +
        (node.operator === "custom"
          ? `Mend the rule of the function "${node.attributes.name}".`
          : "This is a mistake in symbolic's rule: please report it."),
    );
  return part;
}

function ruleOr(rule: Graph | null, name: string, kind: string): Graph {
  if (rule === null)
    throw new FluxionError(
      "UNSUPPORTED",
      `symbolic: the function "${name}" given to customRule has no ${kind} rule, which this operator needs. Give one.`,
    );
  return rule;
}

function total(parts: readonly (Tensor | null | undefined)[]): Tensor | null {
  return parts.reduce<Tensor | null>(
    (sofar, part) => (sofar && part ? add(sofar, part) : (sofar ?? part ?? null)),
    null,
  );
}

function inputShapes(graph: Graph): readonly Shape[] {
  const shapes: Shape[] = [];
  for (const node of graph.nodes) if (node.operator === "input") shapes[node.attributes.index] = node.shape;
  return shapes;
}

function dependsOnInputs(graph: Graph): readonly boolean[] {
  const depends: boolean[] = [];
  for (const node of graph.nodes)
    depends.push(node.operator === "input" || node.inputs.some((i) => depends[i]!));
  return depends;
}
