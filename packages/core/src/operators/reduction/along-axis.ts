import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { canonicalAxis, reducedShape, type Shape, sizeOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";

export const cumsumOperator: Operator<"cumsum"> = /* @__PURE__ */ defineOperator("cumsum", {
  shape: ([x]) => x!,
  evaluate: ([x], { axis, reverse }) =>
    alongAxis(x, axis, (out, data, start, length, step) => {
      let total = 0;
      for (let i = 0; i < length; i++) {
        const at = start + (reverse ? length - 1 - i : i) * step;
        total += data[at]!;
        out[at] = total;
      }
    }),
  batch: (_, [x], { axis, reverse }) => cumsum(x, { axis: axis + 1, reverse }),
});

export const softmaxOperator: Operator<"softmax"> = /* @__PURE__ */ defineOperator("softmax", {
  shape: ([x]) => x!,
  evaluate: ([x], { axis }) =>
    alongAxis(x, axis, (out, data, start, length, step) => {
      let largest = -Infinity;
      for (let i = 0; i < length; i++) largest = Math.max(largest, data[start + i * step]!);
      let total = 0;
      for (let i = 0; i < length; i++) total += out[start + i * step] = Math.exp(data[start + i * step]! - largest);
      for (let i = 0; i < length; i++) out[start + i * step]! /= total;
    }),
  batch: (_, [x], { axis }) => softmax(x, { axis: axis + 1 }),
});

export const argmaxOperator: Operator<"argmax"> = /* @__PURE__ */ defineOperator("argmax", {
  shape: ([x], { axis }) => reducedShape(x!, [axis], false),
  evaluate: ([x], { axis }) => {
    const length = x.shape[axis]!;
    if (length === 0) throw new FluxionError("DOMAIN", "argmax: there is no largest of no entries. Reduce over an axis that has at least one.");
    const shape = reducedShape(x.shape, [axis], false);
    const out = allocate(sizeOf(shape));
    let position = 0;
    eachRun(x.shape, axis, (start, step) => {
      let best = 0;
      for (let i = 1; i < length && !Number.isNaN(x.store![start + best * step]!); i++)
        if (!(x.store![start + i * step]! <= x.store![start + best * step]!)) best = i;
      out[position++] = best;
    });
    return concrete(out, shape);
  },
  batch: (_, [x], { axis }) => argmax(x, { axis: axis + 1 }),
});

type Run = (out: Float64Array, data: Float64Array, start: number, length: number, step: number) => void;

/** A result of the same shape, made run by run along one axis. */
function alongAxis(x: Tensor, axis: number, run: Run): Tensor {
  const out = allocate(x.store!.length);
  eachRun(x.shape, axis, (start, step) => run(out, x.store!, start, x.shape[axis]!, step));
  return concrete(out, x.shape);
}

/** The runs of entries along an axis, in row-major order of the other axes. */
function eachRun(shape: Shape, axis: number, visit: (start: number, step: number) => void): void {
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  for (let o = 0; o < outer; o++) for (let p = 0; p < inner; p++) visit(o * shape[axis]! * inner + p, inner);
}

/**
 * Running sums along an axis (the last unless given), or from its end with `reverse`. Throws `ARGUMENT`.
 *
 * @example
 * import { cumsum, tensor } from "@fluxion/core";
 * cumsum(tensor([1, 2, 3])).toArray(); // => [1,3,6]
 */
export function cumsum(x: Numeric, options: { readonly axis?: number; readonly reverse?: boolean } = {}): Tensor {
  const a = asTensor(x);
  return invoke(cumsumOperator, [a], { axis: canonicalAxis("cumsum", options.axis ?? -1, a.rank), reverse: options.reverse ?? false });
}

/**
 * eˣ / Σ eˣ along an axis (the last unless given), without overflow. Throws `ARGUMENT`.
 *
 * @example
 * import { softmax, tensor } from "@fluxion/core";
 * softmax(tensor([1000, 1000])).toArray(); // => [0.5,0.5]
 */
export function softmax(x: Numeric, options: { readonly axis?: number } = {}): Tensor {
  const a = asTensor(x);
  return invoke(softmaxOperator, [a], { axis: canonicalAxis("softmax", options.axis ?? -1, a.rank) });
}

/**
 * The index of the largest entry along an axis (the last unless given), the first of equals; NaN counts as largest. Its
 * derivative is 0. Throws `DOMAIN` for an empty axis, `ARGUMENT`.
 *
 * @example
 * import { argmax, tensor } from "@fluxion/core";
 * argmax(tensor([1, 3, 2])).item(); // => 1
 */
export function argmax(x: Numeric, options: { readonly axis?: number } = {}): Tensor {
  const a = asTensor(x);
  return invoke(argmaxOperator, [a], { axis: canonicalAxis("argmax", options.axis ?? -1, a.rank) });
}
