import * as functions from "../../functions/index.ts";
import { invoke } from "../../dispatch/invoke.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { scalar, type Tensor } from "../../tensor/tensor.ts";
import { NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { unary } from "./define.ts";

export const negOperator: Operator<"neg"> = /* @__PURE__ */ unary("neg", functions.neg, (out, a) => {
  for (let i = 0; i < out.length; i++) out[i] = -a[i]!;
});

/**
 * Negation, elementwise.
 *
 * @example
 * import { neg } from "@fluxion/core";
 * neg(2).item(); // => -2
 */
export function neg(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null ? scalar(-a.value) : invoke(negOperator, [a], NO_ATTRIBUTES);
}

export const absOperator: Operator<"abs"> = /* @__PURE__ */ unary("abs", functions.abs, (out, a) => {
  for (let i = 0; i < out.length; i++) out[i] = Math.abs(a[i]!);
});

/**
 * Absolute value, elementwise. Kink at 0, where every exact strategy gives the derivative 0.
 *
 * @example
 * import { abs } from "@fluxion/core";
 * abs(-2).item(); // => 2
 */
export function abs(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(Math.abs(a.value))
    : invoke(absOperator, [a], NO_ATTRIBUTES);
}

export const signOperator: Operator<"sign"> = /* @__PURE__ */ unary("sign", functions.sign, (out, a) => {
  // Zeros and NaN are their own signs; comparing is faster than V8's Math.sign.
  for (let i = 0; i < out.length; i++) {
    const x = a[i]!;
    out[i] = x > 0 ? 1 : x < 0 ? -1 : x;
  }
});

/**
 * Sign, elementwise: -1, 0 or 1 (zeros keep their sign, NaN stays). Its derivative is 0 everywhere.
 *
 * @example
 * import { sign } from "@fluxion/core";
 * sign(-2).item(); // => -1
 */
export function sign(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.sign(a.value))
    : invoke(signOperator, [a], NO_ATTRIBUTES);
}

export const squareOperator: Operator<"square"> = /* @__PURE__ */ unary(
  "square",
  functions.square,
  (out, a) => {
    for (let i = 0; i < out.length; i++) out[i] = a[i]! * a[i]!;
  },
);

/**
 * x², elementwise.
 *
 * @example
 * import { square } from "@fluxion/core";
 * square(3).item(); // => 9
 */
export function square(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(a.value * a.value)
    : invoke(squareOperator, [a], NO_ATTRIBUTES);
}

export const sqrtOperator: Operator<"sqrt"> = /* @__PURE__ */ unary("sqrt", functions.sqrt, (out, a) => {
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(a[i]!);
});

/**
 * Square root, elementwise; NaN below 0. The derivative at 0 is +∞.
 *
 * @example
 * import { sqrt } from "@fluxion/core";
 * sqrt(9).item(); // => 3
 */
export function sqrt(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(Math.sqrt(a.value))
    : invoke(sqrtOperator, [a], NO_ATTRIBUTES);
}

export const cbrtOperator: Operator<"cbrt"> = /* @__PURE__ */ unary("cbrt", functions.cbrt);

/**
 * Cube root, elementwise, of any sign. The derivative at 0 is +∞.
 *
 * @example
 * import { cbrt } from "@fluxion/core";
 * cbrt(-8).item(); // => -2
 */
export function cbrt(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.cbrt(a.value))
    : invoke(cbrtOperator, [a], NO_ATTRIBUTES);
}

export const reciprocalOperator: Operator<"reciprocal"> = /* @__PURE__ */ unary(
  "reciprocal",
  functions.reciprocal,
  (out, a) => {
    for (let i = 0; i < out.length; i++) out[i] = 1 / a[i]!;
  },
);

/**
 * 1/x, elementwise.
 *
 * @example
 * import { reciprocal } from "@fluxion/core";
 * reciprocal(4).item(); // => 0.25
 */
export function reciprocal(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(1 / a.value)
    : invoke(reciprocalOperator, [a], NO_ATTRIBUTES);
}
