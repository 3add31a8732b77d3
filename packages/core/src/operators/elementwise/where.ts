import { invoke } from "../../dispatch/invoke.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { broadcastShapes, type Shape, sizeOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { broadcastTo } from "../shape/broadcast-to.ts";
import { alignBatch } from "./define.ts";

export const whereOperator: Operator<"where"> = /* @__PURE__ */ defineOperator("where", {
  shape: ([condition, a, b]) => whereShape(condition!, a!, b!),
  evaluate: ([condition, a, b]) => {
    const shape = whereShape(condition.shape, a.shape, b.shape);
    if (shape.length === 0) return condition.item() !== 0 ? a : b;
    const out = allocate(sizeOf(shape));
    choose(out, operand(condition, shape), operand(a, shape), operand(b, shape));
    return concrete(out, shape);
  },
  batch: (batch, inputs) => invoke(whereOperator, alignBatch(batch, inputs), NO_ATTRIBUTES),
});

/** Entries in row-major order of the result's shape: a step of 0 repeats a single one without spreading it out. */
interface Entries {
  readonly data: Readonly<Float64Array>;
  readonly step: 0 | 1;
}

function operand(x: Tensor, shape: Shape): Entries {
  return x.size === 1 ? { data: x.data, step: 0 } : { data: broadcastTo(x, shape).data, step: 1 };
}

function choose(out: Float64Array, condition: Entries, a: Entries, b: Entries): void {
  for (let i = 0; i < out.length; i++)
    out[i] = condition.data[i * condition.step]! !== 0 ? a.data[i * a.step]! : b.data[i * b.step]!;
}

function whereShape(condition: Shape, a: Shape, b: Shape): Shape {
  return broadcastShapes("where", condition, broadcastShapes("where", a, b));
}

/**
 * a where the condition is not 0, else b; elementwise with broadcasting. The branch that isn't taken contributes exactly
 * 0 to every derivative, even where its own derivative is infinite. Throws `SHAPE_MISMATCH` when shapes don't broadcast.
 *
 * @example
 * import { greater, sqrt, tensor, where } from "@fluxion/core";
 * const x = tensor([-4, 9]);
 * where(greater(x, 0), sqrt(x), 0).toArray(); // => [0,3]
 */
export function where(condition: Numeric, a: Numeric, b: Numeric): Tensor {
  return invoke(whereOperator, [asTensor(condition), asTensor(a), asTensor(b)], NO_ATTRIBUTES);
}
