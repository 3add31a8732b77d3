import { FluxionError } from "../errors.ts";
import { asTensor, type Numeric } from "../tensor/numeric.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * The concrete tensor under every level of differentiation, for control flow: `if (primal(x).item() > 0) …`.
 * Throws `NOT_CONCRETE` where there is none: in a traced graph (symbolic, compile) and inside vmap.
 *
 * @example
 * import { primal, tensor } from "@fluxion/core";
 * primal(tensor([1, 2])).toArray(); // => [1,2]
 */
export function primal(x: Numeric): Tensor {
  let under = asTensor(x);
  while (under.level !== 0) {
    if (under.primal === null)
      throw new FluxionError(
        "NOT_CONCRETE",
        `primal(x) asks for the numbers of a value of shape [${under.shape.join(",")}], but ${under.interpreter?.name ?? "its interpreter"} ` +
          "runs f for all values at once and has none. Choose with where(condition, a, b) instead of if.",
      );
    under = under.primal;
  }
  return under;
}
