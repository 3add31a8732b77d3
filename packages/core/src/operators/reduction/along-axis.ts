import { allocate } from "../../tensor/allocate.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";

/** Which axis an operator works along; the last unless given. */
export interface AlongAxisOptions {
  readonly axis?: number;
}

/** Makes the entries `out[start + i·step]` from the same entries of data, i < length. */
export type RunMap = (
  out: Float64Array,
  data: Float64Array,
  start: number,
  length: number,
  step: number,
) => void;

/** A result of the same shape, made run by run along one axis. */
export function alongAxis(x: Tensor, axis: number, map: RunMap): Tensor {
  const out = allocate(x.store!.length);
  const length = x.shape[axis]!;
  const step = sizeOf(x.shape.slice(axis + 1));
  for (let start = 0; start < out.length; start += length * step)
    for (let p = 0; p < step; p++) map(out, x.store!, start + p, length, step);
  return concrete(out, x.shape);
}
