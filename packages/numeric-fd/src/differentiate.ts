import { FluxionError, asTensor, isNumeric } from "@fluxion/core";
import type { Numeric, Tensor } from "@fluxion/core";
import { differentiateComplex } from "./complex/differentiate.ts";
import { approximate } from "./line/approximate.ts";
import { ulp } from "./line/line.ts";
import type { Line, Sample } from "./line/line.ts";
import { settingsOf } from "./options.ts";
import type { DifferenceOptions, Settings } from "./options.ts";
import { noEstimate } from "./types.ts";
import type { Estimate } from "./types.ts";

export interface DifferentiateOptions extends DifferenceOptions {
  /** Which derivative: 1 (default) to 4. */
  readonly derivativeOrder?: number;
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
  const order = options.derivativeOrder ?? 1;
  if (!Number.isInteger(order) || order < 1 || order > 4) {
    throw new FluxionError(
      "ARGUMENT",
      `differentiate: derivativeOrder is 1, 2, 3 or 4; found ${String(order)}.`,
    );
  }
  if (typeof x !== "number" || !Number.isFinite(x)) {
    throw new FluxionError("ARGUMENT", `differentiate: x is a finite number; found ${String(x)}.`);
  }
  const settings = settingsOf("differentiate", options);
  if (x < settings.lower || x > settings.upper) {
    throw new FluxionError(
      "ARGUMENT",
      `differentiate: x = ${x} is outside the bounds [${settings.lower}, ${settings.upper}].`,
    );
  }
  if (settings.method === "complexStep")
    return differentiateComplex(f as (x: Tensor) => Numeric, x, order, settings);
  const line = lineOf(f as (x: number) => Numeric, x, settings);
  const [estimate = noEstimate("nonFinite")] = approximate(line, order, settings);
  return { ...estimate, evaluations: line.evaluations() };
}

function lineOf(f: (x: number) => Numeric, x: number, { typical, lower, upper }: Settings): Line {
  let evaluations = 0;
  const call = (point: number): Float64Array => {
    evaluations++;
    return Float64Array.of(numberOf(f(point), point));
  };
  const tryCall = (point: number): Float64Array => {
    if (!Number.isFinite(point)) return Float64Array.of(NaN);
    try {
      return call(point);
    } catch (error) {
      if (error instanceof FluxionError && (error.code === "ARGUMENT" || error.code === "ASYNC")) throw error;
      return Float64Array.of(NaN);
    }
  };
  return {
    centre: callAt(x, call),
    scale: Math.max(Math.abs(x), typical),
    magnitude: Math.abs(x),
    resolution: ulp(x),
    lowest: lower - x,
    highest: upper - x,
    evaluations: () => evaluations,
    at(offset): Sample {
      const point = Math.min(upper, Math.max(lower, x + offset));
      return { offset: point - x, values: tryCall(point) };
    },
    again: () => call(x),
  };
}

function callAt(x: number, call: (x: number) => Float64Array): Float64Array {
  try {
    return call(x);
  } catch (error) {
    if (error instanceof FluxionError) throw error;
    const message = error instanceof Error ? error.message : String(error);
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
