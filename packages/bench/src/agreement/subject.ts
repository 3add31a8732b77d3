import {
  asTensor,
  evaluateFlat,
  flatten,
  FluxionError,
  type Graph,
  type Numeric,
  type Tensor,
  traceFlat,
  type TreeStructure,
  unflatten,
} from "@fluxion/core";
import { operatorsIn, type Program } from "../programs/program.ts";
import { randomDirection, randomIntegers } from "./random.ts";

/** What strategies are compared on: a function, a point and directions. */
export interface Subject {
  readonly f: (inputs: readonly Tensor[]) => readonly Tensor[];
  /** f where its result is one scalar, else null. */
  readonly scalar: ((inputs: readonly Tensor[]) => Tensor) | null;
  readonly inputs: readonly Tensor[];
  readonly values: readonly Tensor[];
  readonly tangents: readonly Tensor[];
  readonly cotangents: readonly Tensor[];
  /** Where the directions come from. */
  readonly directionSeed: number;
  /** f as data, where it is known. */
  readonly graph: Graph | null;
  /** False where f reads numbers, as branches do: strategies that trace it can't have it. */
  readonly traceable: boolean;
  /** Values of f don't show its derivative: it stops gradients, or has rules of its own. */
  readonly hidden: boolean;
  /** False where f may be at a kink, so that only conventions can be compared, to first order. */
  readonly smooth: boolean;
}

function subject(
  f: Subject["f"],
  inputs: readonly Tensor[],
  directionSeed: number,
  graph: Graph | null,
  smooth: boolean,
): Subject {
  const values = f(inputs);
  const next = randomIntegers(directionSeed);
  return {
    f,
    scalar: values.length === 1 && values[0]!.rank === 0 ? (xs) => f(xs)[0]! : null,
    inputs,
    values,
    tangents: inputs.map((x) => randomDirection(next, x.shape)),
    cotangents: values.map((y) => randomDirection(next, y.shape)),
    directionSeed,
    graph,
    traceable: graph !== null,
    hidden: graph !== null && hidesDerivative(graph),
    smooth,
  };
}

/** A program as something to compare on. */
export function subjectOfProgram({ graph, inputs, directionSeed, smooth }: Program): Subject {
  return subjectOfGraph(graph, inputs, smooth, directionSeed);
}

export function subjectOfGraph(
  graph: Graph,
  inputs: readonly Tensor[],
  smooth: boolean = true,
  directionSeed: number = 1,
): Subject {
  return subject((xs) => evaluateFlat(graph, xs), inputs, directionSeed, graph, smooth);
}

/** A user's function at a point: trees of arguments and results are taken apart. */
export function subjectOfFunction(
  f: (...args: never) => unknown,
  args: readonly unknown[],
  directionSeed: number,
): Subject {
  const leaves: Numeric[] = [];
  const structure: TreeStructure = flatten("f", args, leaves);
  const flat = (inputs: readonly Tensor[]): readonly Tensor[] => {
    const results: Numeric[] = [];
    flatten(
      "f",
      (f as (...args: readonly unknown[]) => unknown)(
        ...(unflatten(structure, inputs) as readonly unknown[]),
      ),
      results,
    );
    return results.map(asTensor);
  };
  const inputs = leaves.map(asTensor);
  return subject(flat, inputs, directionSeed, graphOrNull(flat, inputs), true);
}

/** The subject with everything that it is made of lifted to a level: inputs, directions, the constants of its graph. */
export function lifted(subject: Subject, lift: (x: Tensor) => Tensor): Subject {
  const { graph, scalar } = subject;
  const nodes = graph?.nodes.map((node) =>
    node.operator === "constant" ? { ...node, attributes: { value: lift(node.attributes.value) } } : node,
  );
  const f: Subject["f"] = graph && nodes ? (inputs) => evaluateFlat({ ...graph, nodes }, inputs) : subject.f;
  return {
    ...subject,
    f,
    scalar: scalar && ((inputs) => f(inputs)[0]!),
    inputs: subject.inputs.map(lift),
    tangents: subject.tangents.map(lift),
    cotangents: subject.cotangents.map(lift),
  };
}

/** The graph of f; null where f can't be traced. */
export function graphOrNull(f: Subject["f"], inputs: readonly Tensor[]): Graph | null {
  try {
    return traceFlat(
      f,
      inputs.map((x) => x.shape),
    );
  } catch (error) {
    if (error instanceof FluxionError) return null;
    throw error;
  }
}

function hidesDerivative(graph: Graph): boolean {
  const operators = operatorsIn(graph);
  return operators.has("stopGradient") || operators.has("custom");
}
