import { ones } from "../../tensor/create.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions, readSwitch } from "../../tensor/options.ts";
import { canonicalAxes, reducedShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { mul } from "../elementwise/binary.ts";
import { concatenate } from "../shape/concatenate.ts";
import { permute } from "../shape/permute.ts";
import { reshape } from "../shape/reshape.ts";
import { slice } from "../shape/slice.ts";
import type { ReductionOptions } from "./define.ts";
import { countOf } from "./mean.ts";

/**
 * The product of entries over axes (all unless given); 1 where there are none. A tree of products of halves, so that
 * every derivative is exact with any number of zeros among the entries. Throws `ARGUMENT` for an axis that x doesn't have.
 *
 * @example
 * import { prod, tensor } from "@fluxion/core";
 * prod(tensor([2, 3, 4])).item(); // => 24
 */
export function prod(x: Numeric, options: ReductionOptions = {}): Tensor {
  const a = asTensor(x);
  readOptions("prod", options, "axes", "keepDims");
  const axes = canonicalAxes("prod", options.axes, a.rank);
  const kept = a.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const result = reducedShape(a.shape, axes, readSwitch("prod", "keepDims", options.keepDims));
  let count = countOf("prod", a.shape, axes);
  if (count === 0) return ones(result);
  let factors = reshape(permute(a, [...axes, ...kept]), [count, ...kept.map((axis) => a.shape[axis]!)]);
  while (count > 1) {
    const half = count >> 1;
    const pairs = mul(slice(factors, [[0, half]]), slice(factors, [[half, 2 * half]]));
    factors = count % 2 === 0 ? pairs : concatenate([pairs, slice(factors, [[2 * half, count]])]);
    count -= half;
  }
  return reshape(factors, result);
}
