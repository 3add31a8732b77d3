import * as functions from "../../functions/index.ts";
import { FluxionError } from "../../errors.ts";
import { invoke } from "../../dispatch/invoke.ts";
import { given } from "../../tensor/found.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { scalar, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { unary } from "./define.ts";
import { evaluateUnary, unaryLoop } from "./loops.ts";

export const erfOperator: Operator<"erf"> = /* @__PURE__ */ unary("erf", functions.erf);

/**
 * The error function 2/√π ∫₀ˣ exp(-t²) dt, elementwise.
 *
 * @example
 * import { erf } from "@fluxion/core";
 * erf(0).item(); // => 0
 */
export function erf(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.erf(a.value))
    : invoke(erfOperator, [a], NO_ATTRIBUTES);
}

export const erfcOperator: Operator<"erfc"> = /* @__PURE__ */ unary("erfc", functions.erfc);

/**
 * The complementary error function 1 - erf x, elementwise, accurate in the far tail.
 *
 * @example
 * import { erfc } from "@fluxion/core";
 * erfc(0).item(); // => 1
 */
export function erfc(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.erfc(a.value))
    : invoke(erfcOperator, [a], NO_ATTRIBUTES);
}

export const lgammaOperator: Operator<"lgamma"> = /* @__PURE__ */ unary("lgamma", functions.lgamma);

/**
 * log|Γ(x)|, elementwise; +∞ at 0, -1, -2, …
 *
 * @example
 * import { lgamma } from "@fluxion/core";
 * lgamma(1).item(); // => 0
 */
export function lgamma(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.lgamma(a.value))
    : invoke(lgammaOperator, [a], NO_ATTRIBUTES);
}

export const digammaOperator: Operator<"digamma"> = /* @__PURE__ */ unary("digamma", functions.digamma);

/**
 * ψ(x) = Γ′(x)/Γ(x), elementwise.
 *
 * @example
 * import { digamma } from "@fluxion/core";
 * digamma(Infinity).item(); // => Infinity
 */
export function digamma(x: Numeric): Tensor {
  const a = asTensor(x);
  return a.level === 0 && a.store === null
    ? scalar(functions.digamma(a.value))
    : invoke(digammaOperator, [a], NO_ATTRIBUTES);
}

export const polygammaOperator: Operator<"polygamma"> = /* @__PURE__ */ defineOperator("polygamma", {
  shape: ([x]) => x!,
  evaluate: ([x], { order }) => {
    const f = (a: number): number => functions.polygamma(order, a);
    return evaluateUnary(x, f, unaryLoop(f));
  },
  batch: (_, [x], attributes) => invoke(polygammaOperator, [x], attributes),
});

/** Evaluation takes time in proportion to the order; nearly all values of such orders are 0 or infinite. */
const LARGEST_ORDER = 100_000;

/**
 * ψ⁽ⁿ⁾(x), the derivative of order n of digamma, elementwise; order 0 is digamma itself.
 * Throws `ARGUMENT` unless the order is a non-negative integer, `LIMIT` beyond 100 000.
 *
 * @example
 * import { polygamma } from "@fluxion/core";
 * polygamma(1, Infinity).item(); // => 0
 */
export function polygamma(order: number, x: Numeric): Tensor {
  if (!Number.isSafeInteger(order) || order < 0)
    throw new FluxionError(
      "ARGUMENT",
      `polygamma: the order ${given(order)} is not a non-negative integer. The order counts derivatives of digamma.`,
    );
  if (order > LARGEST_ORDER)
    throw new FluxionError(
      "LIMIT",
      `polygamma: the order ${order} is larger than ${LARGEST_ORDER}; it takes a step for each derivative.`,
    );
  return order === 0 ? digamma(x) : invoke(polygammaOperator, [asTensor(x)], { order });
}
