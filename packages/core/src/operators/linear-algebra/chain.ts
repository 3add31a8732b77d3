import { FluxionError } from "../../errors.ts";
import { given } from "../../tensor/found.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions } from "../../tensor/options.ts";
import { formatShape, sameShape, sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { reshape } from "../shape/reshape.ts";
import { matmul } from "./matmul.ts";

/**
 * The chain rule in numerator layout: ∂z/∂w = (∂z/∂a)(∂a/∂w), summed over every axis of a.
 *
 * `dz_da` has the shape `[...shape(z), ...shape(a)]` and `da_dw` the shape `[...shape(a), ...shape(w)]`; the result has
 * `[...shape(z), ...shape(w)]`. For vectors it is the matrix product, and no transpose appears. `rank` is the rank of a:
 * 1 for a vector unless given. Throws `SHAPE_MISMATCH`, `ARGUMENT`.
 *
 * @example
 * import { chain, tensor } from "@fluxion/core";
 * const dz_da = tensor([2, 4]); // z = a'a at a = (1, 2): 2a'
 * const da_dw = tensor([[1, 0, 1], [0, 1, 1]]); // a = Xw - y: X
 * chain(dz_da, da_dw).toArray(); // => [2,4,6]
 */
export function chain(dz_da: Numeric, da_dw: Numeric, options: { readonly rank?: number } = {}): Tensor {
  const outer = asTensor(dz_da);
  const inner = asTensor(da_dw);
  readOptions("chain", options, "rank");
  const { rank = 1 } = options;
  if (!Number.isInteger(rank) || rank < 0 || rank > outer.rank || rank > inner.rank)
    throw new FluxionError(
      "ARGUMENT",
      `chain: rank is the number of axes of the variable in the middle; found ${given(rank)}, with factors of shape ${formatShape(outer.shape)} and ${formatShape(inner.shape)}.`,
    );
  const z = outer.shape.slice(0, outer.rank - rank);
  const a = inner.shape.slice(0, rank);
  const w = inner.shape.slice(rank);
  if (!sameShape(outer.shape.slice(outer.rank - rank), a))
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `chain: ∂z/∂a of shape ${formatShape(outer.shape)} should end with the ${rank === 1 ? "axis" : `${rank} axes`} that ∂a/∂w of shape ${formatShape(inner.shape)} begins with. ` +
        "Numerator layout has the numerator's axes outside; if a isn't a vector, give its rank: chain(dz_da, da_dw, { rank: 2 }).",
    );
  const product = matmul(reshape(outer, [sizeOf(z), sizeOf(a)]), reshape(inner, [sizeOf(a), sizeOf(w)]));
  return reshape(product, [...z, ...w]);
}
