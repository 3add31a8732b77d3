import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { allAxes, canonicalAxis, type Shape, stridesOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";
import { gather } from "./gather.ts";

export const permuteOperator: Operator<"permute"> = /* @__PURE__ */ defineOperator("permute", {
  shape: ([x], { axes }) => axes.map((axis) => x![axis]!),
  evaluate: ([x], { axes }) => {
    if (x.store === null) return x;
    const shape = axes.map((axis) => x.shape[axis]!);
    const strides = stridesOf(x.shape);
    const out = allocate(x.store.length);
    gather(
      out,
      shape,
      x.store,
      0,
      axes.map((axis) => strides[axis]!),
    );
    return concrete(out, shape);
  },
  batch: (_, [x], { axes }) => permute(x, [0, ...axes.map((axis) => axis + 1)]),
});

/**
 * x with its axes in another order: axis i of the result is axis `axes[i]` of x. Throws `ARGUMENT` unless `axes` names
 * every axis once.
 *
 * @example
 * import { permute, zeros } from "@fluxion/core";
 * permute(zeros([2, 3, 4]), [2, 0, 1]).shape; // => [4,2,3]
 */
export function permute(x: Numeric, axes: readonly number[]): Tensor {
  const a = asTensor(x);
  const canonical = axes.map((axis) => canonicalAxis("permute", axis, a.rank));
  if (canonical.length !== a.rank || new Set(canonical).size !== a.rank)
    throw new FluxionError("ARGUMENT", `permute: [${axes.join(",")}] must name each of the ${a.rank} axes of the tensor once.`);
  return canonical.every((axis, i) => axis === i) ? a : invoke(permuteOperator, [a], { axes: canonical });
}

/**
 * x with its axes reversed, or in the order given: the transpose of a matrix. To multiply by a transpose, give `matmul`
 * its `transposeA` or `transposeB`, which copies nothing. Throws `ARGUMENT`.
 *
 * @example
 * import { tensor, transpose } from "@fluxion/core";
 * transpose(tensor([[1, 2], [3, 4]])).toArray(); // => [[1,3],[2,4]]
 */
export function transpose(x: Numeric, axes?: Shape): Tensor {
  const a = asTensor(x);
  return permute(a, axes ?? [...allAxes(a.rank)].reverse());
}
