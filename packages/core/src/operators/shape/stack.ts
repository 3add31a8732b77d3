import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import type { Numeric } from "../../tensor/numeric.ts";
import { readOptions } from "../../tensor/options.ts";
import { canonicalAxis, formatShape, sameShape, type Shape, stridesOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";
import { allBatched, type AxisOptions, tensorList } from "./concatenate.ts";
import { copyStrided } from "./strided.ts";

export const stackOperator: Operator<"stack"> = /* @__PURE__ */ defineOperator("stack", {
  shape: (shapes, { axis }) => stackedShape(shapes, axis),
  evaluate: (inputs, { axis }) => {
    const shape = stackedShape(
      inputs.map((x) => x.shape),
      axis,
    );
    const out = allocateShape(shape);
    if (shape.length === 1) {
      for (let i = 0; i < inputs.length; i++) out[i] = inputs[i]!.value;
      return concrete(out, shape);
    }
    const strides = stridesOf(shape);
    const own = stridesOf(inputs[0]!.shape);
    inputs.forEach((x, i) =>
      copyStrided(
        x.shape,
        { data: x.store!, offset: 0, strides: own },
        { data: out, offset: i * strides[axis]!, strides: strides.toSpliced(axis, 1) },
      ),
    );
    return concrete(out, shape);
  },
  batch: (batch, inputs, { axis }) => invoke(stackOperator, allBatched(batch, inputs), { axis: axis + 1 }),
});

function stackedShape(shapes: readonly Shape[], axis: number): Shape {
  const first = shapes[0]!;
  canonicalAxis("stack", axis, first.length + 1);
  if (!shapes.every((shape) => sameShape(shape, first)))
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `stack: the shapes ${shapes.map(formatShape).join(", ")} are not all equal. Use concatenate() to join along an axis they have.`,
    );
  return first.toSpliced(axis, 0, shapes.length);
}

/**
 * Tensors of equal shape joined along a new axis (by default the first); scalars give a vector.
 * Throws `SHAPE_MISMATCH` when shapes differ, `ARGUMENT` for an empty list.
 *
 * @example
 * import { stack, tensor } from "@fluxion/core";
 * stack([1, 2, 3]).toArray(); // => [1,2,3]
 * stack([tensor([1, 2]), tensor([3, 4])], { axis: 1 }).toArray(); // => [[1,3],[2,4]]
 */
export function stack(inputs: readonly Numeric[], options: AxisOptions = {}): Tensor {
  const tensors = tensorList("stack", inputs);
  readOptions("stack", options, "axis");
  return invoke(stackOperator, tensors, {
    axis: canonicalAxis("stack", options.axis ?? 0, tensors[0]!.rank + 1),
  });
}
