import {
  defineStrategy,
  type FlatFunction,
  type FlatJvp,
  type Strategy,
  type Tangents,
  type Tensor,
  withLevel,
} from "@fluxion/core";
import { Duals } from "./dual.ts";

/** Runs f once on duals. */
function jvpOfDuals(f: FlatFunction, inputs: readonly Tensor[], tangents: Tangents): FlatJvp {
  return withLevel(
    (level) => new Duals(level),
    (duals) => {
      const outputs = f(inputs.map((input, i) => duals.dual(input, tangents[i]!)));
      return { values: outputs.map((y) => duals.primal(y)), tangents: outputs.map((y) => duals.tangent(y)) };
    },
  );
}

/**
 * Forward mode by dual numbers: f runs on primals with tangents. A directional derivative costs about one f, a gradient
 * or Jacobian one for every input, in blocks; memory stays that of f.
 *
 * Source: A. Griewank, A. Walther, "Evaluating Derivatives" (2nd ed., SIAM 2008), §3.1.
 *
 * @example
 * import { mul, sin, type Tensor } from "@fluxion/core";
 * import { forwardDual } from "@fluxion/forward-dual";
 * forwardDual.derivative((x: Tensor) => mul(x, x))(3); // => 6
 */
export const forwardDual: Strategy = defineStrategy({
  name: "forward-dual",
  mode: "forward",
  exact: true,
  jvp: jvpOfDuals,
});
