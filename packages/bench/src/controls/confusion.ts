import { type FlatFunction, type FlatJvp, type Tangents, type Tensor, withLevel } from "@fluxion/core";
import { rules } from "@fluxion/forward-dual";
import { Duals } from "./forward.ts";

let shared: Duals | null = null;

/**
 * Perturbation confusion: a derivative inside a derivative opens no level of its own, so the two can't be told apart.
 * Source: J. M. Siskind, B. A. Pearlmutter, "Perturbation confusion and referential transparency" (2005).
 */
export function confusedJvp(f: FlatFunction, inputs: readonly Tensor[], tangents: Tangents): FlatJvp {
  if (shared) return run(shared, f, inputs, tangents);
  try {
    return withLevel(
      (level) => new Duals(level, rules),
      (duals) => run((shared = duals), f, inputs, tangents),
    );
  } finally {
    shared = null;
  }
}

function run(duals: Duals, f: FlatFunction, inputs: readonly Tensor[], tangents: Tangents): FlatJvp {
  const outputs = f(inputs.map((x, i) => duals.dual(duals.primal(x), tangents[i]!)));
  return { values: outputs.map((y) => duals.primal(y)), tangents: outputs.map((y) => duals.tangent(y)) };
}
