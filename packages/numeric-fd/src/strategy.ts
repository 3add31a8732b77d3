import { type Strategy, defineStrategy } from "@fluxion/core";
import type { NumericFdOptions } from "./point/begin.ts";
import { estimate } from "./point/estimate.ts";
import { products } from "./point/products.ts";
import type { Entry } from "./types.ts";

/**
 * Finite differences: f is only ever called, at points next to x; no operator has a rule here.
 *
 * Every number comes with a bound for its error (`numericFd.estimate`); the plain operators return the numbers alone and
 * throw `DOMAIN` where no bound can be given. A gradient or Jacobian takes about 30 calls of f for each entry of x, whatever
 * the number of outputs; a Hessian about 60 for each pair; a directional derivative about 30 in all. `customRule` and
 * `stopGradient` are invisible to it: it differentiates what f computes.
 *
 * With `{ method: "complexStep" }` f is called once for each entry of x, with complex numbers, and the result is right to
 * the last digits; f has to be made of analytic operators.
 *
 * The default method is for numbers. Under another strategy (or trace, or vmap) use `{ method: "central" }`, "forward" or
 * "backward", whose differences are made of operators with a step chosen beforehand.
 *
 * @example
 * import { mul, tensor, sum, type Tensor } from "@fluxion/core";
 * import { numericFd } from "@fluxion/numeric-fd";
 * const { value, error } = numericFd.estimate!("gradient", (x: Tensor) => sum(mul(x, x)))(tensor([1, 2]));
 * Math.abs((value as Tensor).data[1]! - 4) <= (error as Tensor).data[1]!; // => true
 */
export const numericFd: Strategy<NumericFdOptions, Entry> = defineStrategy<NumericFdOptions, Entry>({
  name: "numeric-fd",
  mode: "numeric",
  exact: false,
  options: [
    "method",
    "accuracyOrder",
    "noise",
    "maximumEvaluations",
    "typical",
    "lower",
    "upper",
    "batch",
    "sparsity",
    "gradient",
  ],
  ...products,
  estimate,
});
