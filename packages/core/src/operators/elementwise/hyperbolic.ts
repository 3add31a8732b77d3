import * as functions from "../../functions/index.ts";
import { invoke } from "../../dispatch/invoke.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { scalar, type Tensor } from "../../tensor/tensor.ts";
import { NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { unary } from "./define.ts";

export const sinhOperator: Operator<"sinh"> = /* @__PURE__ */ unary("sinh", functions.sinh);

/**
 * Hyperbolic sine, elementwise.
 *
 * @example
 * import { sinh } from "@fluxion/core";
 * sinh(0).item(); // => 0
 */
export function sinh(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.sinh(a.value))
    : invoke(sinhOperator, [a], NO_ATTRIBUTES);
}

export const coshOperator: Operator<"cosh"> = /* @__PURE__ */ unary("cosh", functions.cosh);

/**
 * Hyperbolic cosine, elementwise.
 *
 * @example
 * import { cosh } from "@fluxion/core";
 * cosh(0).item(); // => 1
 */
export function cosh(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.cosh(a.value))
    : invoke(coshOperator, [a], NO_ATTRIBUTES);
}

export const tanhOperator: Operator<"tanh"> = /* @__PURE__ */ unary("tanh", functions.tanh);

/**
 * Hyperbolic tangent, elementwise.
 *
 * @example
 * import { tanh } from "@fluxion/core";
 * tanh(0).item(); // => 0
 */
export function tanh(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.tanh(a.value))
    : invoke(tanhOperator, [a], NO_ATTRIBUTES);
}

export const asinhOperator: Operator<"asinh"> = /* @__PURE__ */ unary("asinh", functions.asinh);

/**
 * Inverse hyperbolic sine, elementwise.
 *
 * @example
 * import { asinh } from "@fluxion/core";
 * asinh(0).item(); // => 0
 */
export function asinh(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.asinh(a.value))
    : invoke(asinhOperator, [a], NO_ATTRIBUTES);
}

export const acoshOperator: Operator<"acosh"> = /* @__PURE__ */ unary("acosh", functions.acosh);

/**
 * Inverse hyperbolic cosine, elementwise; NaN below 1.
 *
 * @example
 * import { acosh } from "@fluxion/core";
 * acosh(1).item(); // => 0
 */
export function acosh(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.acosh(a.value))
    : invoke(acoshOperator, [a], NO_ATTRIBUTES);
}

export const atanhOperator: Operator<"atanh"> = /* @__PURE__ */ unary("atanh", functions.atanh);

/**
 * Inverse hyperbolic tangent, elementwise; ±∞ at ±1, NaN beyond.
 *
 * @example
 * import { atanh } from "@fluxion/core";
 * atanh(0).item(); // => 0
 */
export function atanh(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.atanh(a.value))
    : invoke(atanhOperator, [a], NO_ATTRIBUTES);
}
