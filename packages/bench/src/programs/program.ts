import { evaluateFlat, type Graph, type OperatorName, type Tensor } from "@fluxion/core";

/** A random program: a graph with one output, and a point where it is defined. */
export interface Program {
  readonly graph: Graph;
  /** One tensor for each input of the graph. */
  readonly inputs: readonly Tensor[];
  /** Seeds the tangents and cotangents along which it is differentiated. */
  readonly directionSeed: number;
  /** False for a program whose operators may be at their kinks, where a convention decides and nothing can be measured. */
  readonly smooth: boolean;
  /** Why operators were refused while it was built, and how often. */
  readonly refusals: Readonly<Record<string, number>>;
}

/** The program as a function of its inputs. */
export function programFunction({ graph }: Pick<Program, "graph">): (inputs: readonly Tensor[]) => Tensor {
  return (inputs) => evaluateFlat(graph, inputs)[0]!;
}

/** The operators that occur in a graph, in the graphs of its functions with rules too. */
export function operatorsIn(graph: Graph): ReadonlySet<OperatorName | "custom"> {
  const found = new Set<OperatorName | "custom">();
  for (const node of graph.nodes) {
    if (node.operator !== "input" && node.operator !== "constant") found.add(node.operator);
  }
  return found;
}
