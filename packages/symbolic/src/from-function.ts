import { FluxionError, type Tensor, trace, zeros } from "@fluxion/core";
import type { Declarations } from "./parse.ts";
import { Expression } from "./expression.ts";
import { checkDeclarations } from "./declarations.ts";
import type { Dimension, Dimensions } from "./ir/node.ts";
import { createStore, variable } from "./ir/store.ts";
import { lowerGraph } from "./lower/graph.ts";
import { createScope, lowerName } from "./lower/lower.ts";
import { kindOf, symmetricNames } from "./lower/scope.ts";
import { createReader, formOf } from "./readback/reader.ts";

/** A function over core's operators. */
export type TracedFunction = (...args: never[]) => unknown;

/**
 * A function as a formula: it is recorded once at the declared shapes, which are numbers; the names of its arguments become
 * variables. Numbers that it captures are exact, arrays become the constants K1, K2, …, which `evaluate` knows.
 * Throws `NOT_CONCRETE` where it branches on values, `UNSUPPORTED` naming an operator that has no closed form.
 */
export function fromFunction(f: TracedFunction, declarations: Declarations): Expression {
  const { shapes, assume } = checkDeclarations(declarations);
  const names: unknown = declarations.arguments;
  if (!isListOfNames(names))
    throw new FluxionError("ARGUMENT", 'A function needs names for its arguments, as in { arguments: ["x", "w"], wrt: "w" }.'); // prettier-ignore
  const store = createStore();
  const shapeOf = (name: string): Dimensions => (Object.hasOwn(shapes, name) ? shapes[name]! : []);
  const own = createScope(store, "", Object.fromEntries(names.map((name) => [name, shapeOf(name)])), assume);
  const lengths = names.map((name) => numbersOf(name, shapeOf(name)));
  const graph = trace<never[]>(f)(...(lengths.map((shape) => zeros(shape)) as never[]));
  if (graph.outputs.length !== 1)
    throw new FluxionError("ARGUMENT", `A formula has one result; the function returns ${graph.outputs.length} tensors.`); // prettier-ignore
  const scopeShapes = new Map(own.shapes);
  const scope = { ...own, shapes: scopeShapes };
  const reader = createReader(store, scope.origins, symmetricNames(own));
  const constants = new Map<string, Tensor>();
  const known = new Map<string, ReturnType<typeof variable>>();
  const named = (value: Tensor): ReturnType<typeof variable> => {
    let k = constants.size + 1;
    while (scopeShapes.has(`K${k}`)) k++;
    const name = `K${k}`;
    constants.set(name, value);
    scopeShapes.set(name, value.shape);
    return variable(store, name, value.shape);
  };
  const capture = (value: Tensor): ReturnType<typeof variable> => {
    const key = `${value.shape.join()} ${value.data.join()}`;
    const node = known.get(key) ?? named(value);
    known.set(key, node);
    return node;
  };
  const inputs = names.map((name) => lowerName(scope, name).node);
  const [node] = lowerGraph({ scope, reader, capture }, graph, inputs);
  return new Expression({
    store,
    scope,
    shapes: Object.fromEntries(scopeShapes),
    assume,
    reader,
    node: node!,
    form: kindOf(node!),
    upright: formOf(node!.dims.length),
    steps: () => [],
    constants,
  });
}

const isListOfNames = (names: unknown): names is readonly string[] =>
  Array.isArray(names) &&
  names.length > 0 &&
  new Set(names).size === names.length &&
  [...(names as readonly unknown[])].every((name) => typeof name === "string");

function numbersOf(name: string, dims: readonly Dimension[]): readonly number[] {
  if (dims.every((length) => typeof length === "number")) return dims;
  throw new FluxionError(
    "ARGUMENT",
    `A function is recorded at shapes of numbers; ${name} has [${dims.join(", ")}]. Give numbers, or write the formula as text for symbols.`,
  );
}
