import { invoke } from "../../dispatch/invoke.ts";
import * as functions from "../../functions/index.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { scalar, type Tensor } from "../../tensor/tensor.ts";
import { NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { binary } from "./define.ts";

export const addOperator: Operator<"add"> = /* @__PURE__ */ binary(
  "add",
  (a, b) => a + b,
  (out, o, n, a, p, aStep, b, q, bStep) => {
    for (let i = 0; i < n; i++, p += aStep, q += bStep) out[o + i] = a[p]! + b[q]!;
  },
);

/**
 * a + b, elementwise with broadcasting.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { add } from "@fluxion/core";
 * add(1, 2).item(); // => 3
 */
export function add(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(a.value + b.value)
    : invoke(addOperator, [a, b], NO_ATTRIBUTES);
}

export const subOperator: Operator<"sub"> = /* @__PURE__ */ binary(
  "sub",
  (a, b) => a - b,
  (out, o, n, a, p, aStep, b, q, bStep) => {
    for (let i = 0; i < n; i++, p += aStep, q += bStep) out[o + i] = a[p]! - b[q]!;
  },
);

/**
 * a - b, elementwise with broadcasting.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { sub } from "@fluxion/core";
 * sub(1, 2).item(); // => -1
 */
export function sub(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(a.value - b.value)
    : invoke(subOperator, [a, b], NO_ATTRIBUTES);
}

export const mulOperator: Operator<"mul"> = /* @__PURE__ */ binary(
  "mul",
  (a, b) => a * b,
  (out, o, n, a, p, aStep, b, q, bStep) => {
    for (let i = 0; i < n; i++, p += aStep, q += bStep) out[o + i] = a[p]! * b[q]!;
  },
);

/**
 * a · b, elementwise with broadcasting (the matrix product is `matmul`).
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { mul } from "@fluxion/core";
 * mul(2, 3).item(); // => 6
 */
export function mul(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(a.value * b.value)
    : invoke(mulOperator, [a, b], NO_ATTRIBUTES);
}

export const divOperator: Operator<"div"> = /* @__PURE__ */ binary(
  "div",
  (a, b) => a / b,
  (out, o, n, a, p, aStep, b, q, bStep) => {
    for (let i = 0; i < n; i++, p += aStep, q += bStep) out[o + i] = a[p]! / b[q]!;
  },
);

/**
 * a / b, elementwise with broadcasting.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { div } from "@fluxion/core";
 * div(1, 4).item(); // => 0.25
 */
export function div(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(a.value / b.value)
    : invoke(divOperator, [a, b], NO_ATTRIBUTES);
}

export const powOperator: Operator<"pow"> = /* @__PURE__ */ binary("pow", functions.pow);

/**
 * aᵇ, elementwise with broadcasting; `pow(x, 0)` is 1 for every x, its derivative 0.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { pow } from "@fluxion/core";
 * pow(2, 10).item(); // => 1024
 */
export function pow(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(functions.pow(a.value, b.value))
    : invoke(powOperator, [a, b], NO_ATTRIBUTES);
}

export const atan2Operator: Operator<"atan2"> = /* @__PURE__ */ binary("atan2", functions.atan2);

/**
 * The angle of the point (b, a), elementwise with broadcasting, in [-π, π]. At the origin the derivatives are 0.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { atan2 } from "@fluxion/core";
 * atan2(0, 1).item(); // => 0
 */
export function atan2(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(functions.atan2(a.value, b.value))
    : invoke(atan2Operator, [a, b], NO_ATTRIBUTES);
}

export const hypotOperator: Operator<"hypot"> = /* @__PURE__ */ binary("hypot", functions.hypot);

/**
 * √(a² + b²) without overflow, elementwise with broadcasting. At the origin the derivatives are 0.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { hypot } from "@fluxion/core";
 * hypot(3, 4).item(); // => 5
 */
export function hypot(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(functions.hypot(a.value, b.value))
    : invoke(hypotOperator, [a, b], NO_ATTRIBUTES);
}

export const maximumOperator: Operator<"maximum"> = /* @__PURE__ */ binary("maximum", functions.maximum);

/**
 * The larger of a and b, elementwise with broadcasting; NaN if either is. Ties share the derivative evenly.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { maximum } from "@fluxion/core";
 * maximum(1, 2).item(); // => 2
 */
export function maximum(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(functions.maximum(a.value, b.value))
    : invoke(maximumOperator, [a, b], NO_ATTRIBUTES);
}

export const minimumOperator: Operator<"minimum"> = /* @__PURE__ */ binary("minimum", functions.minimum);

/**
 * The smaller of a and b, elementwise with broadcasting; NaN if either is. Ties share the derivative evenly.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { minimum } from "@fluxion/core";
 * minimum(1, 2).item(); // => 1
 */
export function minimum(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(functions.minimum(a.value, b.value))
    : invoke(minimumOperator, [a, b], NO_ATTRIBUTES);
}
