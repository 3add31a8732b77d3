import { defineStrategy, evaluateFlat, evaluateNodes, type FlatFunction, type FlatJvp, type FlatVjp, type Graph, type Strategy, type Tangents, type Tensor, traceFlat } from "@fluxion/core"; // prettier-ignore
import { cached } from "./cache.ts";
import { deriveCotangents, type Derivation, deriveTangents } from "./derivation.ts";

/** f as a graph, and the value of each of its nodes. */
function run(
  f: FlatFunction,
  inputs: readonly Tensor[],
): { graph: Graph; nodes: readonly Tensor[]; values: readonly Tensor[] } {
  const graph = traceFlat(f, inputs.map((input) => input.shape), "symbolic"); // prettier-ignore
  const nodes = evaluateNodes(graph, inputs);
  return { graph, nodes, values: graph.outputs.map((position) => nodes[position]!) };
}

function evaluateDerivation(
  { graph, present }: Derivation,
  nodes: readonly Tensor[],
  seeds: Tangents,
): Tangents {
  const results = evaluateFlat(graph, [...nodes, ...seeds.filter((seed) => seed !== null)]);
  let next = 0;
  return present.map((isPresent) => (isPresent ? results[next++]! : null));
}

function isSeeded(seeds: Tangents): readonly boolean[] {
  return seeds.map((seed) => seed !== null);
}

function jvpInClosedForm(f: FlatFunction, inputs: readonly Tensor[], tangents: Tangents): FlatJvp {
  const { graph, nodes, values } = run(f, inputs);
  const seeded = isSeeded(tangents);
  const derivation = cached("tangents", graph, seeded, () => deriveTangents(graph, seeded));
  return { values, tangents: evaluateDerivation(derivation, nodes, tangents) };
}

function vjpInClosedForm(f: FlatFunction, inputs: readonly Tensor[]): FlatVjp {
  const { graph, nodes, values } = run(f, inputs);
  return {
    values,
    pullback: (cotangents) => {
      const seeded = isSeeded(cotangents);
      const derivation = cached("cotangents", graph, seeded, () => deriveCotangents(graph, seeded));
      return evaluateDerivation(derivation, nodes, cotangents);
    },
  };
}

/**
 * Symbolic differentiation of functions: f is recorded as a graph, its derivative is another graph, derived once for
 * each structure and evaluated with f's values. Control flow on numbers is refused (`NOT_CONCRETE`): use `where`.
 * Throws `UNSUPPORTED` for a `customRule` that lacks the rule that is needed.
 *
 * @example
 * import { mul, sin, type Tensor } from "@fluxion/core";
 * import { symbolic } from "@fluxion/symbolic";
 * symbolic.derivative((x: Tensor) => mul(x, x))(3); // => 6
 */
export const symbolic: Strategy = defineStrategy({
  name: "symbolic",
  mode: "symbolic",
  exact: true,
  jvp: jvpInClosedForm,
  vjp: vjpInClosedForm,
});
