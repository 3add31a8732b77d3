import * as functions from "../../functions/index.ts";
import { invoke } from "../../dispatch/invoke.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { scalar, type Tensor } from "../../tensor/tensor.ts";
import { NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { unary } from "./define.ts";

export const sinOperator: Operator<"sin"> = /* @__PURE__ */ unary("sin", functions.sin);

/**
 * Sine, elementwise; x in radians.
 *
 * @example
 * import { sin } from "@fluxion/core";
 * sin(0).item(); // => 0
 */
export function sin(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.sin(a.value))
    : invoke(sinOperator, [a], NO_ATTRIBUTES);
}

export const cosOperator: Operator<"cos"> = /* @__PURE__ */ unary("cos", functions.cos);

/**
 * Cosine, elementwise; x in radians.
 *
 * @example
 * import { cos } from "@fluxion/core";
 * cos(0).item(); // => 1
 */
export function cos(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.cos(a.value))
    : invoke(cosOperator, [a], NO_ATTRIBUTES);
}

export const tanOperator: Operator<"tan"> = /* @__PURE__ */ unary("tan", functions.tan);

/**
 * Tangent, elementwise; x in radians.
 *
 * @example
 * import { tan } from "@fluxion/core";
 * tan(0).item(); // => 0
 */
export function tan(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.tan(a.value))
    : invoke(tanOperator, [a], NO_ATTRIBUTES);
}

export const asinOperator: Operator<"asin"> = /* @__PURE__ */ unary("asin", functions.asin);

/**
 * Arc sine, elementwise, in [-π/2, π/2]; NaN outside [-1, 1].
 *
 * @example
 * import { asin } from "@fluxion/core";
 * asin(0).item(); // => 0
 */
export function asin(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.asin(a.value))
    : invoke(asinOperator, [a], NO_ATTRIBUTES);
}

export const acosOperator: Operator<"acos"> = /* @__PURE__ */ unary("acos", functions.acos);

/**
 * Arc cosine, elementwise, in [0, π]; NaN outside [-1, 1].
 *
 * @example
 * import { acos } from "@fluxion/core";
 * acos(1).item(); // => 0
 */
export function acos(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.acos(a.value))
    : invoke(acosOperator, [a], NO_ATTRIBUTES);
}

export const atanOperator: Operator<"atan"> = /* @__PURE__ */ unary("atan", functions.atan);

/**
 * Arc tangent, elementwise, in [-π/2, π/2].
 *
 * @example
 * import { atan } from "@fluxion/core";
 * atan(0).item(); // => 0
 */
export function atan(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.atan(a.value))
    : invoke(atanOperator, [a], NO_ATTRIBUTES);
}
