import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { canonicalAxis, checkShape, formatShape, type Shape, sizeOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";

export const takeOperator: Operator<"take"> = /* @__PURE__ */ defineOperator("take", {
  shape: ([x], { axis, indices }) => withLength(x!, axis, indices.length),
  evaluate: ([x], { axis, indices }) => {
    const shape = withLength(x.shape, axis, indices.length);
    const out = allocate(sizeOf(shape));
    eachBlock(x.shape, axis, (from, block) => {
      indices.forEach((index, i) => {
        const at = from + index * block;
        out.set(x.store!.subarray(at, at + block), (from / x.shape[axis]!) * indices.length + i * block);
      });
    });
    return concrete(out, shape);
  },
  batch: (_, [x], { axis, indices }) => invoke(takeOperator, [x], { axis: axis + 1, indices }),
});

export const scatterAddOperator: Operator<"scatterAdd"> = /* @__PURE__ */ defineOperator("scatterAdd", {
  shape: ([x], { axis, indices, size }) => {
    if (x![axis] !== indices.length)
      throw new FluxionError("SHAPE_MISMATCH", `scatterAdd: ${indices.length} indices for axis ${axis} of the shape ${formatShape(x!)}. Give one for each entry of the axis.`);
    return withLength(x!, axis, size);
  },
  evaluate: ([x], attributes) => {
    const { axis, indices, size } = attributes;
    const shape = scatterAddOperator.shape([x.shape], attributes);
    const out = allocate(sizeOf(shape));
    eachBlock(shape, axis, (to, block) => {
      indices.forEach((index, i) => {
        const from = (to / size) * indices.length + i * block;
        for (let k = 0; k < block; k++) out[to + index * block + k]! += x.store![from + k]!;
      });
    });
    return concrete(out, shape);
  },
  batch: (_, [x], { axis, indices, size }) => invoke(scatterAddOperator, [x], { axis: axis + 1, indices, size }),
});

function withLength(shape: Shape, axis: number, length: number): Shape {
  return shape.map((own, i) => (i === axis ? length : own));
}

/** Where each run along the axis begins, and how many entries lie behind one index of it. */
function eachBlock(shape: Shape, axis: number, visit: (start: number, block: number) => void): void {
  const block = sizeOf(shape.slice(axis + 1));
  const run = block * shape[axis]!;
  const total = sizeOf(shape);
  if (run > 0) for (let start = 0; start < total; start += run) visit(start, block);
}

function checkIndices(asked: string, indices: readonly number[], length: number): readonly number[] {
  return indices.map((index) => {
    const canonical = index < 0 ? index + length : index;
    if (!Number.isInteger(index) || canonical < 0 || canonical >= length)
      throw new FluxionError("ARGUMENT", `${asked}: index ${index} is outside an axis of length ${length}. Indices run from ${-length} to ${length - 1}.`);
    return canonical;
  });
}

/**
 * The entries of x at indices along an axis (the first unless given); an index may occur many times or never.
 * Throws `ARGUMENT` for an index outside the axis.
 *
 * @example
 * import { take, tensor } from "@fluxion/core";
 * take(tensor([10, 20, 30]), [2, 0, 2]).toArray(); // => [30,10,30]
 */
export function take(x: Numeric, indices: readonly number[], options: { readonly axis?: number } = {}): Tensor {
  const a = asTensor(x);
  const axis = canonicalAxis("take", options.axis ?? 0, a.rank);
  return invoke(takeOperator, [a], { axis, indices: checkIndices("take", indices, a.shape[axis]!) });
}

/**
 * Zeros of length `size` along an axis (the first unless given) to which the entries of x are added at indices: what
 * `take` does, transposed. Throws `ARGUMENT` for an index outside the axis, `SHAPE_MISMATCH` unless there is one index
 * for each entry.
 *
 * @example
 * import { scatterAdd, tensor } from "@fluxion/core";
 * scatterAdd(tensor([1, 2, 3]), [2, 0, 2], { size: 4 }).toArray(); // => [2,0,4,0]
 */
export function scatterAdd(x: Numeric, indices: readonly number[], options: { readonly axis?: number; readonly size: number }): Tensor {
  const a = asTensor(x);
  checkShape("scatterAdd", [options.size]);
  const axis = canonicalAxis("scatterAdd", options.axis ?? 0, a.rank);
  return invoke(scatterAddOperator, [a], { axis, indices: checkIndices("scatterAdd", indices, options.size), size: options.size });
}
