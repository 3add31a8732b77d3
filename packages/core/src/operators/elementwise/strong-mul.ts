import { invoke } from "../../dispatch/invoke.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { scalar, type Tensor } from "../../tensor/tensor.ts";
import { NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { binary } from "./define.ts";

/** a·b, but an exact zero wins over ±∞ and NaN. */
function strongProduct(a: number, b: number): number {
  const product = a * b;
  // Only a product that came out NaN can hide a zero factor, so the common path is one comparison.
  return product === product || (a !== 0 && b !== 0) ? product : 0;
}

export const strongMulOperator: Operator<"strongMul"> = /* @__PURE__ */ binary(
  "strongMul",
  strongProduct,
  (out, o, n, a, p, aStep, b, q, bStep) => {
    // Written out: V8 doesn't inline the call here, and no loop is hotter in a derivative.
    for (let i = 0; i < n; i++, p += aStep, q += bStep) {
      const product = a[p]! * b[q]!;
      out[o + i] = product !== product && (a[p] === 0 || b[q] === 0) ? 0 : product;
    }
  },
);

/**
 * The product a · b in which an exact zero annihilates ±∞ and NaN, elementwise with broadcasting: what derivative rules
 * use for "tangent times local derivative", so that a branch that `where` did not take contributes exactly 0.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * Source: the strong zero of Julia's `false * NaN`, and of tropical and Boolean semirings.
 *
 * @example
 * import { mul, strongMul } from "@fluxion/core";
 * mul(0, Infinity).item(); // => NaN
 * strongMul(0, Infinity).item(); // => 0
 */
export function strongMul(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(strongProduct(a.value, b.value))
    : invoke(strongMulOperator, [a, b], NO_ATTRIBUTES);
}
