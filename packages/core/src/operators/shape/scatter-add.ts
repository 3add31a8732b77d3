import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions } from "../../tensor/options.ts";
import { canonicalAxis, checkShape, formatShape, type Shape, sizeOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { type Attributes, defineOperator, type Operator } from "../operator.ts";
import { canonicalIndices, checkIndices, type Indices } from "./take.ts";

export const scatterAddOperator: Operator<"scatterAdd"> = /* @__PURE__ */ defineOperator("scatterAdd", {
  shape: ([x], attributes) => scatteredShape(x!, attributes),
  evaluate: ([x], { axis, indices, size }) => {
    const shape = scatteredShape(x.shape, { axis, indices, size });
    const out = allocateShape(shape);
    const data = x.store!;
    const inner = sizeOf(x.shape.slice(axis + 1));
    const block = size * inner;
    for (let from = 0, to = 0; from < data.length; to += block)
      for (const index of indices)
        for (let q = to + index * inner, end = q + inner; q < end; q++) out[q]! += data[from++]!;
    return concrete(out, shape);
  },
  batch: (_, [x], { axis, indices, size }) =>
    invoke(scatterAddOperator, [x], { axis: axis + 1, indices, size }),
});

function scatteredShape(x: Shape, { axis, indices, size }: Attributes<"scatterAdd">): Shape {
  const length = x[canonicalAxis("scatterAdd", axis, x.length)]!;
  checkShape("scatterAdd", [size]);
  if (length !== indices.length)
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `scatterAdd: ${indices.length} indices for axis ${axis} of the shape ${formatShape(x)}, which has the length ${length}. Give one index for each entry.`,
    );
  checkIndices("scatterAdd", indices, size);
  return x.with(axis, size);
}

/** The axis along which entries are placed (by default the first), and its length in the result. */
export interface ScatterAddOptions {
  readonly axis?: number;
  readonly size: number;
}

/**
 * The adjoint of `take`: zeros of length `size` along an axis, to which entry i of x is added at position `indices[i]`.
 * Positions may repeat, and then their entries add up; negative ones count from the end.
 * Throws `SHAPE_MISMATCH` unless there is an index for each entry, `ARGUMENT` for positions outside.
 *
 * @example
 * import { scatterAdd, tensor } from "@fluxion/core";
 * scatterAdd(tensor([1, 2, 3]), [0, 2, 0], { size: 4 }).toArray(); // => [4,0,2,0]
 */
export function scatterAdd(x: Numeric, indices: Indices, options: ScatterAddOptions): Tensor {
  const a = asTensor(x);
  readOptions("scatterAdd", options, "axis", "size");
  const { size } = options;
  checkShape("scatterAdd", [size]);
  const axis = canonicalAxis("scatterAdd", options.axis ?? 0, a.rank);
  return invoke(scatterAddOperator, [a], {
    axis,
    indices: canonicalIndices("scatterAdd", indices, size),
    size,
  });
}
