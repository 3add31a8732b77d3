import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { canonicalAxis, formatShape, sameShape, type Shape, sizeOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Batch, type Operator } from "../operator.ts";
import { broadcastTo } from "./broadcast-to.ts";
import { reshape } from "./reshape.ts";

export const concatenateOperator: Operator<"concatenate"> = /* @__PURE__ */ defineOperator("concatenate", {
  shape: (shapes, { axis }) => {
    const [first] = shapes as [Shape];
    const without = (shape: Shape): Shape => shape.filter((_, i) => i !== axis);
    for (const shape of shapes)
      if (!sameShape(without(shape), without(first)))
        throw new FluxionError(
          "SHAPE_MISMATCH",
          `concatenate: the shapes ${shapes.map(formatShape).join(", ")} differ beside axis ${axis}. All other axes must be equal.`,
        );
    return first.map((length, i) => (i === axis ? shapes.reduce((total, shape) => total + shape[axis]!, 0) : length));
  },
  evaluate: (inputs, attributes) => {
    const shape = concatenateOperator.shape(
      inputs.map((x) => x.shape),
      attributes,
    );
    return joined(inputs, shape, attributes.axis);
  },
  batch: (batch, inputs, { axis }) => concatenate(withBatch(batch, inputs), { axis: axis + 1 }),
});

export const stackOperator: Operator<"stack"> = /* @__PURE__ */ defineOperator("stack", {
  shape: (shapes, { axis }) => {
    const [first] = shapes as [Shape];
    if (shapes.some((shape) => !sameShape(shape, first)))
      throw new FluxionError("SHAPE_MISMATCH", `stack: the shapes ${shapes.map(formatShape).join(", ")} differ. Stacked tensors have the same shape.`);
    return [...first.slice(0, axis), shapes.length, ...first.slice(axis)];
  },
  evaluate: (inputs, attributes) => {
    const shape = stackOperator.shape(
      inputs.map((x) => x.shape),
      attributes,
    );
    return joined(inputs, shape, attributes.axis);
  },
  batch: (batch, inputs, { axis }) => stack(withBatch(batch, inputs), { axis: axis + 1 }),
});

/** Inputs interleaved by the blocks that lie behind the axis. */
function joined(inputs: readonly Tensor[], shape: Shape, axis: number): Tensor {
  const out = allocate(sizeOf(shape));
  const blocks = sizeOf(shape.slice(0, axis));
  let offset = 0;
  for (let block = 0; block < blocks; block++)
    for (const x of inputs) {
      const length = x.size / blocks;
      if (x.store === null) out[offset] = x.value;
      else out.set(x.store.subarray(block * length, (block + 1) * length), offset);
      offset += length;
    }
  return concrete(out, shape);
}

/** Every input with the batch at axis 0. */
function withBatch({ size, batched }: Batch, inputs: readonly Tensor[]): readonly Tensor[] {
  return inputs.map((x, i) => (batched[i]! ? x : broadcastTo(reshape(x, [1, ...x.shape]), [size, ...x.shape])));
}

/**
 * Tensors joined along an axis that they have (the first unless given). Throws `SHAPE_MISMATCH`, `ARGUMENT`.
 *
 * @example
 * import { concatenate, tensor } from "@fluxion/core";
 * concatenate([tensor([1, 2]), tensor([3])]).toArray(); // => [1,2,3]
 */
export function concatenate(parts: readonly Numeric[], options: { readonly axis?: number } = {}): Tensor {
  const tensors = someTensors("concatenate", parts);
  const axis = canonicalAxis("concatenate", options.axis ?? 0, tensors[0]!.rank);
  return invoke(concatenateOperator, tensors, { axis });
}

/**
 * Tensors of one shape put side by side along a new axis (the first unless given). Throws `SHAPE_MISMATCH`, `ARGUMENT`.
 *
 * @example
 * import { stack, tensor } from "@fluxion/core";
 * stack([tensor([1, 2]), tensor([3, 4])], { axis: 1 }).toArray(); // => [[1,3],[2,4]]
 */
export function stack(parts: readonly Numeric[], options: { readonly axis?: number } = {}): Tensor {
  const tensors = someTensors("stack", parts);
  const axis = canonicalAxis("stack", options.axis ?? 0, tensors[0]!.rank + 1);
  return invoke(stackOperator, tensors, { axis });
}

function someTensors(asked: string, parts: readonly Numeric[]): readonly Tensor[] {
  if (!Array.isArray(parts) || parts.length === 0) throw new FluxionError("ARGUMENT", `${asked} takes a non-empty array of tensors: ${asked}([a, b]).`);
  return parts.map(asTensor);
}
