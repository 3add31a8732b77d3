import * as functions from "../../functions/index.ts";
import { invoke } from "../../dispatch/invoke.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { scalar, type Tensor } from "../../tensor/tensor.ts";
import { NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { unary } from "./define.ts";

export const expOperator: Operator<"exp"> = /* @__PURE__ */ unary("exp", functions.exp);

/**
 * eˣ, elementwise.
 *
 * @example
 * import { exp } from "@fluxion/core";
 * exp(0).item(); // => 1
 */
export function exp(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.exp(a.value))
    : invoke(expOperator, [a], NO_ATTRIBUTES);
}

export const expm1Operator: Operator<"expm1"> = /* @__PURE__ */ unary("expm1", functions.expm1);

/**
 * eˣ - 1, elementwise, accurate near 0.
 *
 * @example
 * import { expm1 } from "@fluxion/core";
 * expm1(0).item(); // => 0
 */
export function expm1(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.expm1(a.value))
    : invoke(expm1Operator, [a], NO_ATTRIBUTES);
}

export const logOperator: Operator<"log"> = /* @__PURE__ */ unary("log", functions.log);

/**
 * Natural logarithm, elementwise; -∞ at 0, NaN below.
 *
 * @example
 * import { log } from "@fluxion/core";
 * log(1).item(); // => 0
 */
export function log(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.log(a.value))
    : invoke(logOperator, [a], NO_ATTRIBUTES);
}

export const log1pOperator: Operator<"log1p"> = /* @__PURE__ */ unary("log1p", functions.log1p);

/**
 * log(1 + x), elementwise, accurate near 0.
 *
 * @example
 * import { log1p } from "@fluxion/core";
 * log1p(0).item(); // => 0
 */
export function log1p(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.log1p(a.value))
    : invoke(log1pOperator, [a], NO_ATTRIBUTES);
}

export const log2Operator: Operator<"log2"> = /* @__PURE__ */ unary("log2", functions.log2);

/**
 * Logarithm to base 2, elementwise.
 *
 * @example
 * import { log2 } from "@fluxion/core";
 * log2(8).item(); // => 3
 */
export function log2(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.log2(a.value))
    : invoke(log2Operator, [a], NO_ATTRIBUTES);
}

export const log10Operator: Operator<"log10"> = /* @__PURE__ */ unary("log10", functions.log10);

/**
 * Logarithm to base 10, elementwise.
 *
 * @example
 * import { log10 } from "@fluxion/core";
 * log10(1000).item(); // => 3
 */
export function log10(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.log10(a.value))
    : invoke(log10Operator, [a], NO_ATTRIBUTES);
}

export const sigmoidOperator: Operator<"sigmoid"> = /* @__PURE__ */ unary("sigmoid", functions.sigmoid);

/**
 * The logistic function 1/(1 + e⁻ˣ), elementwise; never overflows.
 *
 * @example
 * import { sigmoid } from "@fluxion/core";
 * sigmoid(0).item(); // => 0.5
 */
export function sigmoid(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.sigmoid(a.value))
    : invoke(sigmoidOperator, [a], NO_ATTRIBUTES);
}

export const softplusOperator: Operator<"softplus"> = /* @__PURE__ */ unary("softplus", functions.softplus);

/**
 * log(1 + eˣ), elementwise; never overflows.
 *
 * @example
 * import { softplus } from "@fluxion/core";
 * softplus(1000).item(); // => 1000
 */
export function softplus(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.softplus(a.value))
    : invoke(softplusOperator, [a], NO_ATTRIBUTES);
}
