import * as functions from "../../functions/index.ts";
import { invoke } from "../../dispatch/invoke.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { scalar, type Tensor } from "../../tensor/tensor.ts";
import { NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { unary } from "./define.ts";

export const reluOperator: Operator<"relu"> = /* @__PURE__ */ unary("relu", functions.relu, (out, a) => {
  for (let i = 0; i < out.length; i++) out[i] = a[i]! < 0 ? 0 : a[i]!;
});

/**
 * max(x, 0), elementwise. Kink at 0, where every exact strategy gives the derivative 0.
 *
 * @example
 * import { relu } from "@fluxion/core";
 * relu(-3).item(); // => 0
 */
export function relu(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.relu(a.value))
    : invoke(reluOperator, [a], NO_ATTRIBUTES);
}

export const floorOperator: Operator<"floor"> = /* @__PURE__ */ unary("floor", functions.floor);

/**
 * The greatest integer ≤ x, elementwise. Its derivative is 0 everywhere.
 *
 * @example
 * import { floor } from "@fluxion/core";
 * floor(2.5).item(); // => 2
 */
export function floor(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.floor(a.value))
    : invoke(floorOperator, [a], NO_ATTRIBUTES);
}

export const ceilOperator: Operator<"ceil"> = /* @__PURE__ */ unary("ceil", functions.ceil);

/**
 * The least integer ≥ x, elementwise. Its derivative is 0 everywhere.
 *
 * @example
 * import { ceil } from "@fluxion/core";
 * ceil(2.5).item(); // => 3
 */
export function ceil(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.ceil(a.value))
    : invoke(ceilOperator, [a], NO_ATTRIBUTES);
}

export const roundOperator: Operator<"round"> = /* @__PURE__ */ unary("round", functions.round);

/**
 * The nearest integer, ties to even, elementwise. Its derivative is 0 everywhere.
 *
 * @example
 * import { round } from "@fluxion/core";
 * round(2.5).item(); // => 2
 */
export function round(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.round(a.value))
    : invoke(roundOperator, [a], NO_ATTRIBUTES);
}
