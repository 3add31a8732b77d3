import { invoke } from "../../dispatch/invoke.ts";
import { outer as allProducts } from "../../kernels/index.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import type { Shape } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { alignLeading, broadcastLeading, leadingOffsets, leadingShape } from "./leading.ts";

export const outerOperator: Operator<"outer"> = /* @__PURE__ */ defineOperator("outer", {
  shape: ([a, b]) => outerShape(a!, b!),
  evaluate: ([a, b]) => {
    const shape = outerShape(a.shape, b.shape);
    const out = allocateShape(shape);
    const m = a.shape[a.rank - 1]!;
    const n = b.shape[b.rank - 1]!;
    const leading = leadingShape("outer", shape, 2);
    const aOffsets = leadingOffsets(leading, leadingShape("outer", a.shape, 1), m);
    const bOffsets = leadingOffsets(leading, leadingShape("outer", b.shape, 1), n);
    for (let i = 0; i < aOffsets.length; i++)
      allProducts(out, i * m * n, a.store!, aOffsets[i]!, 1, b.store!, bOffsets[i]!, 1, m, n);
    return concrete(out, shape);
  },
  batch: (batch, inputs) => invoke(outerOperator, alignLeading(batch, inputs, [1, 1]), NO_ATTRIBUTES),
});

function outerShape(a: Shape, b: Shape): Shape {
  return [
    ...broadcastLeading("outer", leadingShape("outer", a, 1), leadingShape("outer", b, 1)),
    a.at(-1)!,
    b.at(-1)!,
  ];
}

/**
 * Every product a_i·b_j: shapes [..., m] and [..., n] give [..., m, n], leading axes broadcast.
 * Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { outer, tensor } from "@fluxion/core";
 * outer(tensor([1, 2]), tensor([3, 4, 5])).toArray(); // => [[3,4,5],[6,8,10]]
 */
export function outer(a: Numeric, b: Numeric): Tensor {
  return invoke(outerOperator, [asTensor(a), asTensor(b)], NO_ATTRIBUTES);
}
