import { FluxionError, asTensor, isNumeric, scalar } from "@fluxion/core";
import type { FlatFunction, Numeric, Tensor } from "@fluxion/core";
import { differentiateComplex } from "./complex/differentiate.ts";
import { described, noBatches, settingsOf } from "./options.ts";
import type { DifferenceOptions } from "./options.ts";
import { Batch, leavesOf } from "./point/batch.ts";
import { coordinateLine } from "./point/lines.ts";
import { Point } from "./point/point.ts";
import { survey } from "./point/survey.ts";
import type { Task } from "./point/survey.ts";
import { noEstimate } from "./types.ts";
import type { Estimate } from "./types.ts";

export interface DifferentiateOptions extends DifferenceOptions {
  /** Which derivative: 1 (default) to 4. */
  readonly derivativeOrder?: number;
  /** f for many numbers at once: from a list of x to the list of f(x). f itself is then called at two points, as a check. */
  readonly batch?: (xs: Float64Array) => Numeric;
}

/** A function of a number, or of a tensor that stands for one. */
type Scalar = ((x: number) => Numeric) | ((x: Tensor) => Numeric);

/**
 * A derivative of a scalar function of a number, by finite differences, with a bound for its error.
 *
 * f is any function of a number that returns a number (or a tensor with one entry); it is only ever called, never looked
 * into. The default method shrinks a step until rounding spoils the differences, extrapolates to step 0, measures the
 * noise of f and takes the best number it has seen: about 13 digits of a first derivative in about 30 calls. The error
 * is a bound for |value − derivative| of the f that is computed; where none can be given it is Infinity, and the status
 * says why. Where f throws, away from x, it counts as not defined.
 *
 * With `{ method: "complexStep" }` f is made of analytic operators of core and called with a tensor that stands for
 * x + ih: the derivative is the imaginary part over h, right to the last digits, and no difference is taken.
 *
 * Throws `ARGUMENT` for options out of range and for an f that returns something else, `ASYNC` for a promise, `DOMAIN`
 * for an f that throws at x; of a complex step, `NOT_CONCRETE` for an f made of JavaScript's arithmetic, `UNSUPPORTED`
 * for an operator that is not analytic.
 *
 * @example
 * import { differentiate } from "@fluxion/numeric-fd";
 * const { value, error, status } = differentiate((x) => x ** 3, 2);
 * Math.abs(value - 12) <= error; // => true
 * error < 1e-12; // => true
 * status; // => ok
 * differentiate(Math.abs, 0).status; // => kink
 *
 * import { exp, sin, mul } from "@fluxion/core";
 * differentiate((x) => mul(exp(x), sin(x)), 0, { method: "complexStep" }).value; // => 1
 */
export function differentiate(
  f: (x: Tensor) => Numeric,
  x: number,
  options: DifferentiateOptions & { readonly method: "complexStep" },
): Estimate;
export function differentiate(f: (x: number) => Numeric, x: number, options?: DifferentiateOptions): Estimate;
export function differentiate(f: Scalar, x: number, options: DifferentiateOptions = {}): Estimate {
  checkCall(f, options);
  const order = options.derivativeOrder ?? 1;
  if (!Number.isInteger(order) || order < 1 || order > 4) {
    throw new FluxionError(
      "ARGUMENT",
      `differentiate: derivativeOrder is 1, 2, 3 or 4; found ${described(order)}.`,
    );
  }
  if (typeof x !== "number" || !Number.isFinite(x)) {
    throw new FluxionError("ARGUMENT", `differentiate: x is a finite number; found ${described(x)}.`);
  }
  const settings = settingsOf("differentiate", options);
  if (x < settings.lower || x > settings.upper) {
    throw new FluxionError(
      "ARGUMENT",
      `differentiate: x = ${x} is outside the bounds [${settings.lower}, ${settings.upper}].`,
    );
  }
  if (settings.method === "complexStep") {
    if (options.batch !== undefined) throw new FluxionError("ARGUMENT", `differentiate: ${noBatches}`);
    return differentiateComplex(f as (x: Tensor) => Numeric, x, order, settings);
  }
  const point = pointOf(f as (x: number) => Numeric, x, options.batch);
  const { typical, lower, upper, maximumEvaluations } = settings;
  const coordinates = {
    typical: Float64Array.of(typical),
    lower: Float64Array.of(lower),
    upper: Float64Array.of(upper),
  };
  let result = noEstimate("nonFinite");
  survey(point, [
    (): Task => ({
      line: coordinateLine(point, coordinates, 0, 0),
      aim: { order },
      settings: { ...settings, maximumEvaluations: maximumEvaluations - point.evaluations },
      take: ([estimate]) => (result = estimate!),
    }),
  ]);
  const batches = point.isBatched ? { batches: point.calls } : {};
  return { ...result, evaluations: point.evaluations, ...batches };
}

const known: Record<keyof DifferentiateOptions, true> = {
  method: true,
  accuracyOrder: true,
  derivativeOrder: true,
  typical: true,
  lower: true,
  upper: true,
  noise: true,
  maximumEvaluations: true,
  batch: true,
};

/** Throws `ARGUMENT` unless f is a function and the options are an object of options that exist. */
function checkCall(f: unknown, options: unknown): void {
  if (typeof f !== "function")
    throw new FluxionError(
      "ARGUMENT",
      `differentiate takes a function of a number; found ${typeof f}. Write differentiate((x) => …, 2).`,
    );
  if (typeof options !== "object" || options === null)
    throw new FluxionError(
      "ARGUMENT",
      `differentiate: the options are an object such as { derivativeOrder: 2 }; found ${options === null ? "null" : typeof options}.`,
    );
  const unknown = Object.keys(options).find((key) => !(key in known));
  if (unknown !== undefined)
    throw new FluxionError(
      "ARGUMENT",
      `differentiate has no option "${unknown}". Its options are { ${Object.keys(known).join(", ")} }.`,
    );
}

/** f at x as a function of tensors. Throws `DOMAIN` where f throws at x. */
function pointOf(f: (x: number) => Numeric, x: number, batch: DifferentiateOptions["batch"]): Point {
  if (batch !== undefined && typeof batch !== "function")
    throw new FluxionError(
      "ARGUMENT",
      `differentiate: batch is a function of many numbers, (xs: Float64Array) => …; found ${typeof batch}.`,
    );
  const flat: FlatFunction = ([t]) => [scalar(numberOf(f(t!.item()), t!.item()))];
  const many =
    batch === undefined ? null : new Batch(([xs]) => leavesOf("batch", batch(Float64Array.from(xs!.data))));
  return new Point(flat, [scalar(x)], valueAt(flat, x), many);
}

function valueAt(flat: FlatFunction, x: number): readonly Tensor[] {
  try {
    return flat([scalar(x)]);
  } catch (error) {
    if (error instanceof FluxionError) throw error;
    const message = error instanceof Error ? error.message : described(error);
    throw new FluxionError(
      "DOMAIN",
      `differentiate: f threw at x = ${x}, where its derivative was asked for: ${message}`,
    );
  }
}

function numberOf(result: unknown, x: number): number {
  if (typeof result === "number") return result;
  if (result instanceof Promise) {
    throw new FluxionError(
      "ASYNC",
      "differentiate: f returned a promise. Await what it needs beforehand and pass a synchronous f.",
    );
  }
  if (isNumeric(result)) return asTensor(result).item();
  throw new FluxionError(
    "ARGUMENT",
    `differentiate: f returns a number; at x = ${x} it returned ${result === null ? "null" : typeof result}.`,
  );
}
