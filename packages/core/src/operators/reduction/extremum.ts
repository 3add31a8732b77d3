import { FluxionError } from "../../errors.ts";
import type { Numeric } from "../../tensor/numeric.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Operator } from "../operator.ts";
import { reduceWith, reduction, type ReductionOptions } from "./define.ts";

export const maxOperator: Operator<"max"> = /* @__PURE__ */ reduction("max", (data, start, length, step) => {
  checkNotEmpty("max", length);
  let best = data[start]!;
  for (let i = 1; i < length; i++) best = Math.max(best, data[start + i * step]!);
  return best;
});

export const minOperator: Operator<"min"> = /* @__PURE__ */ reduction("min", (data, start, length, step) => {
  checkNotEmpty("min", length);
  let best = data[start]!;
  for (let i = 1; i < length; i++) best = Math.min(best, data[start + i * step]!);
  return best;
});

function checkNotEmpty(asked: string, length: number): void {
  if (length === 0) throw new FluxionError("DOMAIN", `${asked}: there is no ${asked} of no entries. Reduce over axes that have at least one.`);
}

/**
 * The largest entry over axes (all unless given); NaN if any is. Ties share the derivative evenly.
 * Throws `DOMAIN` for an empty reduction, `ARGUMENT`.
 *
 * @example
 * import { max, tensor } from "@fluxion/core";
 * max(tensor([3, 1, 2])).item(); // => 3
 */
export function max(x: Numeric, options: ReductionOptions = {}): Tensor {
  return reduceWith(maxOperator, x, options);
}

/**
 * The smallest entry over axes (all unless given); NaN if any is. Ties share the derivative evenly.
 * Throws `DOMAIN` for an empty reduction, `ARGUMENT`.
 *
 * @example
 * import { min, tensor } from "@fluxion/core";
 * min(tensor([3, 1, 2])).item(); // => 1
 */
export function min(x: Numeric, options: ReductionOptions = {}): Tensor {
  return reduceWith(minOperator, x, options);
}
