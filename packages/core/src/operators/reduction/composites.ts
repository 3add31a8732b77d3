import { FluxionError } from "../../errors.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { ones } from "../../tensor/create.ts";
import { canonicalAxes, reducedShape, sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { div, mul, sub } from "../elementwise/binary.ts";
import { square } from "../elementwise/arithmetic.ts";
import { concatenate } from "../shape/concatenate.ts";
import { permute } from "../shape/permute.ts";
import { reshape } from "../shape/reshape.ts";
import { slice } from "../shape/slice.ts";
import type { ReductionOptions } from "./define.ts";
import { logsumexp } from "./logsumexp.ts";
import { sum } from "./sum.ts";

/**
 * The mean of entries over axes (all unless given); NaN where there are none. Throws `ARGUMENT`.
 *
 * @example
 * import { mean, tensor } from "@fluxion/core";
 * mean(tensor([1, 2, 6])).item(); // => 3
 */
export function mean(x: Numeric, options: ReductionOptions = {}): Tensor {
  const a = asTensor(x);
  return div(sum(a, options), countOf("mean", a, options));
}

/**
 * The variance of entries over axes (all unless given): the mean square deviation, divided by n - correction (0 unless
 * given; 1 for the unbiased estimate). Throws `ARGUMENT`.
 *
 * @example
 * import { tensor, variance } from "@fluxion/core";
 * variance(tensor([1, 3])).item(); // => 1
 */
export function variance(x: Numeric, options: ReductionOptions & { readonly correction?: number } = {}): Tensor {
  const a = asTensor(x);
  const { correction = 0, ...reduction } = options;
  const deviations = sub(a, mean(a, { ...reduction, keepDims: true }));
  return div(sum(square(deviations), reduction), countOf("variance", a, reduction) - correction);
}

function countOf(asked: string, a: Tensor, { axes }: ReductionOptions): number {
  return sizeOf(canonicalAxes(asked, axes, a.rank).map((axis) => a.shape[axis]!));
}

/**
 * The product of entries over axes (all unless given); 1 where there are none. A tree of products of halves, so that
 * every derivative is exact with any number of zeros among the entries. Throws `ARGUMENT`.
 *
 * @example
 * import { prod, tensor } from "@fluxion/core";
 * prod(tensor([2, 3, 4])).item(); // => 24
 */
export function prod(x: Numeric, options: ReductionOptions = {}): Tensor {
  const a = asTensor(x);
  const axes = canonicalAxes("prod", options.axes, a.rank);
  const kept = a.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const shape = kept.map((axis) => a.shape[axis]!);
  const result = reducedShape(a.shape, axes, options.keepDims ?? false);
  let factors = reshape(permute(a, [...axes, ...kept]), [sizeOf(axes.map((axis) => a.shape[axis]!)), ...shape]);
  for (let count = factors.shape[0]!; count > 1; count = factors.shape[0]!) {
    const half = count >> 1;
    const pairs = mul(slice(factors, [[0, half]]), slice(factors, [[half, 2 * half]]));
    factors = count % 2 === 0 ? pairs : concatenate([pairs, slice(factors, [[2 * half, count]])]);
  }
  return factors.shape[0] === 0 ? ones(result) : reshape(factors, result);
}

/**
 * log softmax along an axis (the last unless given): x - logsumexp(x), without overflow. Throws `ARGUMENT`.
 *
 * @example
 * import { logSoftmax, tensor } from "@fluxion/core";
 * logSoftmax(tensor([1000, -Infinity])).toArray(); // => [0,-Infinity]
 */
export function logSoftmax(x: Numeric, options: { readonly axis?: number } = {}): Tensor {
  const a = asTensor(x);
  if (a.rank === 0) throw new FluxionError("ARGUMENT", "logSoftmax: a scalar has no axis to normalise over. Give a tensor of rank 1 or more.");
  return sub(a, logsumexp(a, { axes: options.axis ?? -1, keepDims: true }));
}
