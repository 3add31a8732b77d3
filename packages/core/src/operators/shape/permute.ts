import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { axisList, formatShape, type Shape, stridesOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";
import { copyStrided } from "./strided.ts";

export const permuteOperator: Operator<"permute"> = /* @__PURE__ */ defineOperator("permute", {
  shape: ([x], { axes }) => permutedShape(x!, axes),
  evaluate: ([x], { axes }) => {
    const shape = permutedShape(x.shape, axes);
    if (x.store === null) return x;
    if (keepsOrder(x.shape, axes)) return concrete(x.store, shape);
    const out = allocate(x.store.length);
    const strides = stridesOf(x.shape);
    copyStrided(
      shape,
      { data: x.store, offset: 0, strides: axes.map((axis) => strides[axis]!) },
      { data: out, offset: 0, strides: stridesOf(shape) },
    );
    return concrete(out, shape);
  },
  batch: (_, [x], { axes }) => permute(x, [0, ...axes.map((axis) => axis + 1)]),
});

function permutedShape(x: Shape, axes: readonly number[]): Shape {
  if (axes.length !== x.length || new Set(axes).size !== axes.length || !axes.every((axis) => axis in x))
    throw new FluxionError(
      "ARGUMENT",
      `permute: [${axes.join(",")}] is not an order of the ${x.length} axes of the shape ${formatShape(x)}. Name each axis exactly once.`,
    );
  return axes.map((axis) => x[axis]!);
}

/** True when only axes of length 1 move, so that the entries stay in the same order. */
function keepsOrder(shape: Shape, axes: readonly number[]): boolean {
  const long = axes.filter((axis) => shape[axis] !== 1);
  return long.every((axis, i) => i === 0 || long[i - 1]! < axis);
}

/**
 * x with its axes in another order: axis i of the result is axis `axes[i]` of x. Negative axes count from the end.
 * Throws `ARGUMENT` unless every axis is named once.
 *
 * @example
 * import { permute, zeros } from "@fluxion/core";
 * permute(zeros([2, 3, 5]), [2, 0, 1]).shape; // => [5,2,3]
 */
export function permute(x: Numeric, axes: readonly number[]): Tensor {
  const a = asTensor(x);
  const order = axisList("permute", axes, a.rank);
  permutedShape(a.shape, order);
  return order.every((axis, i) => axis === i) ? a : invoke(permuteOperator, [a], { axes: order });
}
