import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { found } from "../../tensor/found.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions } from "../../tensor/options.ts";
import { canonicalAxis, formatShape, type Shape, stridesOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { type Batch, defineOperator, type Operator } from "../operator.ts";
import { broadcastTo } from "./broadcast-to.ts";
import { copyStrided } from "./strided.ts";

export const concatenateOperator: Operator<"concatenate"> = /* @__PURE__ */ defineOperator("concatenate", {
  shape: (shapes, { axis }) => concatenatedShape(shapes, axis),
  evaluate: (inputs, { axis }) => {
    const shape = concatenatedShape(
      inputs.map((x) => x.shape),
      axis,
    );
    const out = allocateShape(shape);
    const strides = stridesOf(shape);
    let offset = 0;
    for (const x of inputs) {
      const own = { data: x.store!, offset: 0, strides: stridesOf(x.shape) };
      copyStrided(x.shape, own, { data: out, offset, strides });
      offset += x.shape[axis]! * strides[axis]!;
    }
    return concrete(out, shape);
  },
  batch: (batch, inputs, { axis }) =>
    invoke(concatenateOperator, allBatched(batch, inputs), { axis: axis + 1 }),
});

function concatenatedShape(shapes: readonly Shape[], axis: number): Shape {
  const first = shapes[0]!;
  canonicalAxis("concatenate", axis, first.length);
  for (const shape of shapes)
    if (shape.length !== first.length || shape.some((length, i) => i !== axis && length !== first[i]))
      throw new FluxionError(
        "SHAPE_MISMATCH",
        `concatenate: the shapes ${shapes.map(formatShape).join(", ")} differ in more than axis ${axis}. ` +
          "All other axes must have equal lengths; stack() joins equal shapes along a new axis.",
      );
  return first.map((length, i) =>
    i === axis ? shapes.reduce((total, shape) => total + shape[axis]!, 0) : length,
  );
}

/** Every input with the batch at axis 0; those that all examples share are repeated. */
export function allBatched({ size, batched }: Batch, inputs: readonly Tensor[]): readonly Tensor[] {
  return inputs.map((x, i) => (batched[i]! ? x : broadcastTo(x, [size, ...x.shape])));
}

/** Operands given as a list. Throws `ARGUMENT` when there are none, or when it is not a list. */
export function tensorList(asked: string, inputs: readonly Numeric[]): readonly Tensor[] {
  if (!Array.isArray(inputs) || inputs.length === 0)
    throw new FluxionError(
      "ARGUMENT",
      `${asked} takes an array of at least one tensor, as in ${asked}([a, b]); found ${Array.isArray(inputs) ? "an empty one" : found(inputs)}.`,
    );
  // Array.from, so that the holes of a sparse list are seen and refused.
  return Array.from(inputs as readonly Numeric[], asTensor);
}

/** Along which axis tensors are joined. */
export interface AxisOptions {
  readonly axis?: number;
}

/**
 * Tensors joined along an axis they have (by default the first). Their other axes must have equal lengths.
 * Throws `SHAPE_MISMATCH` when they don't, `ARGUMENT` for an empty list.
 *
 * @example
 * import { concatenate, tensor } from "@fluxion/core";
 * concatenate([tensor([1, 2]), tensor([3])]).toArray(); // => [1,2,3]
 */
export function concatenate(inputs: readonly Numeric[], options: AxisOptions = {}): Tensor {
  const tensors = tensorList("concatenate", inputs);
  readOptions("concatenate", options, "axis");
  const axis = canonicalAxis("concatenate", options.axis ?? 0, tensors[0]!.rank);
  return tensors.length === 1 ? tensors[0]! : invoke(concatenateOperator, tensors, { axis });
}
