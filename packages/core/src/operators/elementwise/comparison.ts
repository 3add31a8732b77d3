import { invoke } from "../../dispatch/invoke.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { scalar, type Tensor } from "../../tensor/tensor.ts";
import { NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { binary } from "./define.ts";

export const equalOperator: Operator<"equal"> = /* @__PURE__ */ binary(
  "equal",
  (a, b) => (a === b ? 1 : 0),
  (out, o, n, a, p, aStep, b, q, bStep) => {
    for (let i = 0; i < n; i++, p += aStep, q += bStep) out[o + i] = a[p]! === b[q]! ? 1 : 0;
  },
);

/**
 * 1 where x equals y, else 0, elementwise with broadcasting; derivative 0. The result is a tensor, so `if (equal(x, y))` is
 * always true: choose values with `where`, or branch on `primal(x)`.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { equal } from "@fluxion/core";
 * equal(1, 2).item(); // => 0
 */
export function equal(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(a.value === b.value ? 1 : 0)
    : invoke(equalOperator, [a, b], NO_ATTRIBUTES);
}

export const notEqualOperator: Operator<"notEqual"> = /* @__PURE__ */ binary(
  "notEqual",
  (a, b) => (a !== b ? 1 : 0),
  (out, o, n, a, p, aStep, b, q, bStep) => {
    for (let i = 0; i < n; i++, p += aStep, q += bStep) out[o + i] = a[p]! !== b[q]! ? 1 : 0;
  },
);

/**
 * 1 where x differs from y, else 0, elementwise with broadcasting; derivative 0. The result is a tensor, so `if (notEqual(x, y))` is
 * always true: choose values with `where`, or branch on `primal(x)`.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { notEqual } from "@fluxion/core";
 * notEqual(1, 2).item(); // => 1
 */
export function notEqual(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(a.value !== b.value ? 1 : 0)
    : invoke(notEqualOperator, [a, b], NO_ATTRIBUTES);
}

export const lessOperator: Operator<"less"> = /* @__PURE__ */ binary(
  "less",
  (a, b) => (a < b ? 1 : 0),
  (out, o, n, a, p, aStep, b, q, bStep) => {
    for (let i = 0; i < n; i++, p += aStep, q += bStep) out[o + i] = a[p]! < b[q]! ? 1 : 0;
  },
);

/**
 * 1 where x is less than y, else 0, elementwise with broadcasting; derivative 0. The result is a tensor, so `if (less(x, y))` is
 * always true: choose values with `where`, or branch on `primal(x)`.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { less } from "@fluxion/core";
 * less(1, 2).item(); // => 1
 */
export function less(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(a.value < b.value ? 1 : 0)
    : invoke(lessOperator, [a, b], NO_ATTRIBUTES);
}

export const lessEqualOperator: Operator<"lessEqual"> = /* @__PURE__ */ binary(
  "lessEqual",
  (a, b) => (a <= b ? 1 : 0),
  (out, o, n, a, p, aStep, b, q, bStep) => {
    for (let i = 0; i < n; i++, p += aStep, q += bStep) out[o + i] = a[p]! <= b[q]! ? 1 : 0;
  },
);

/**
 * 1 where x is at most y, else 0, elementwise with broadcasting; derivative 0. The result is a tensor, so `if (lessEqual(x, y))` is
 * always true: choose values with `where`, or branch on `primal(x)`.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { lessEqual } from "@fluxion/core";
 * lessEqual(1, 2).item(); // => 1
 */
export function lessEqual(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(a.value <= b.value ? 1 : 0)
    : invoke(lessEqualOperator, [a, b], NO_ATTRIBUTES);
}

export const greaterOperator: Operator<"greater"> = /* @__PURE__ */ binary(
  "greater",
  (a, b) => (a > b ? 1 : 0),
  (out, o, n, a, p, aStep, b, q, bStep) => {
    for (let i = 0; i < n; i++, p += aStep, q += bStep) out[o + i] = a[p]! > b[q]! ? 1 : 0;
  },
);

/**
 * 1 where x is greater than y, else 0, elementwise with broadcasting; derivative 0. The result is a tensor, so `if (greater(x, y))` is
 * always true: choose values with `where`, or branch on `primal(x)`.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { greater } from "@fluxion/core";
 * greater(1, 2).item(); // => 0
 */
export function greater(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(a.value > b.value ? 1 : 0)
    : invoke(greaterOperator, [a, b], NO_ATTRIBUTES);
}

export const greaterEqualOperator: Operator<"greaterEqual"> = /* @__PURE__ */ binary(
  "greaterEqual",
  (a, b) => (a >= b ? 1 : 0),
  (out, o, n, a, p, aStep, b, q, bStep) => {
    for (let i = 0; i < n; i++, p += aStep, q += bStep) out[o + i] = a[p]! >= b[q]! ? 1 : 0;
  },
);

/**
 * 1 where x is at least y, else 0, elementwise with broadcasting; derivative 0. The result is a tensor, so `if (greaterEqual(x, y))` is
 * always true: choose values with `where`, or branch on `primal(x)`.
 * Throws `SHAPE_MISMATCH` when the shapes don't broadcast.
 *
 * @example
 * import { greaterEqual } from "@fluxion/core";
 * greaterEqual(1, 2).item(); // => 0
 */
export function greaterEqual(x: Numeric, y: Numeric): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  return a.level === 0 && b.level === 0 && a.store === null && b.store === null
    ? scalar(a.value >= b.value ? 1 : 0)
    : invoke(greaterEqualOperator, [a, b], NO_ATTRIBUTES);
}
