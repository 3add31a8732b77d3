import { asTensor, evaluateFlat, flatten, type Graph, type Numeric, type Tensor, type TreeStructure, unflatten } from "@fluxion/core";
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
  /** Its values don't show its derivative: it stops gradients. */
  readonly hidden: boolean;
}

function subject(f: Subject["f"], inputs: readonly Tensor[], directionSeed: number, hidden: boolean): Subject {
  const values = f(inputs);
  const next = randomIntegers(directionSeed);
  return {
    f,
    scalar: values.length === 1 && values[0]!.rank === 0 ? (xs) => f(xs)[0]! : null,
    inputs,
    values,
    tangents: inputs.map((x) => randomDirection(next, x.shape)),
    cotangents: values.map((y) => randomDirection(next, y.shape)),
    hidden,
  };
}

/** A program as something to compare on. */
export function subjectOfProgram({ graph, inputs, directionSeed }: Program): Subject {
  return subjectOfGraph(graph, inputs, directionSeed);
}

export function subjectOfGraph(graph: Graph, inputs: readonly Tensor[], directionSeed: number = 1): Subject {
  return subject((xs) => evaluateFlat(graph, xs), inputs, directionSeed, hidesDerivative(graph));
}

/** A user's function at a point: trees of arguments and results are taken apart. */
export function subjectOfFunction(f: (...args: never) => unknown, args: readonly unknown[], directionSeed: number): Subject {
  const leaves: Numeric[] = [];
  const structure: TreeStructure = flatten("f", args, leaves);
  const flat = (inputs: readonly Tensor[]): readonly Tensor[] => {
    const results: Numeric[] = [];
    flatten("f", (f as (...args: readonly unknown[]) => unknown)(...(unflatten(structure, inputs) as readonly unknown[])), results);
    return results.map(asTensor);
  };
  return subject(flat, leaves.map((leaf) => asTensor(leaf)), directionSeed, false);
}

function hidesDerivative(graph: Graph): boolean {
  const operators = operatorsIn(graph);
  return operators.has("stopGradient") || operators.has("custom");
}
