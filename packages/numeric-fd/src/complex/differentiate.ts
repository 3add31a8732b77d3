import { asTensor, FluxionError, isNumeric, type Numeric, scalar, type Tensor } from "@fluxion/core";
import { described, type Settings } from "../options.ts";
import { coordinateLine } from "../point/lines.ts";
import type { Start } from "../point/begin.ts";
import { Point } from "../point/point.ts";
import { survey } from "../point/survey.ts";
import { type Estimate, noEstimate } from "../types.ts";
import { gradients, slopes } from "./estimates.ts";

/**
 * A derivative of a function of a number by a complex step; those of order 2 to 4 by adaptive differences of the first.
 * f is called with tensors, and has to be made of analytic operators of core.
 */
export function differentiateComplex(
  f: (x: Tensor) => Numeric,
  x: number,
  order: number,
  settings: Settings,
): Estimate {
  const flat = ([t]: readonly Tensor[]): readonly Tensor[] => [valueOf(f, t!)];
  const inputs = [scalar(x)];
  const point = new Point(flat, inputs, flat(inputs));
  const coordinates = {
    typical: Float64Array.of(settings.typical),
    lower: Float64Array.of(settings.lower),
    upper: Float64Array.of(settings.upper),
  };
  const start: Start = {
    point,
    coordinates: [coordinates],
    settings,
    sparsity: undefined,
    gradient: null,
    gradientBatch: null,
  };
  const [first = noEstimate("nonFinite")] = slopes(start, [Float64Array.of(1)]);
  let estimate = first;
  if (order > 1 && first.error < Infinity) {
    const around = gradients(start, { values: Float64Array.of(first.value) });
    survey(around.point, [
      () => ({
        line: coordinateLine(around.point, coordinates, 0, 0),
        aim: { order: order - 1 },
        settings: around.settings,
        take: ([found]) => (estimate = found!),
      }),
    ]);
  }
  return { ...estimate, evaluations: point.evaluations };
}

/** f at a real or a complex number. */
function valueOf(f: (x: Tensor) => unknown, t: Tensor): Tensor {
  let result: unknown;
  try {
    result = f(t);
  } catch (error) {
    if (error instanceof FluxionError && error.code !== "NOT_CONCRETE") throw error;
    throw needsOperators(`it threw: ${error instanceof Error ? error.message : described(error)}`);
  }
  if (result instanceof Promise) {
    throw new FluxionError(
      "ASYNC",
      "differentiate: f returned a promise. Await what it needs beforehand and pass a synchronous f.",
    );
  }
  if (!isNumeric(result) || asTensor(result).size !== 1) {
    throw new FluxionError(
      "ARGUMENT",
      `differentiate: f returns a number or a tensor with one entry; it returned ${describe(result)}.`,
    );
  }
  return asTensor(result);
}

function describe(result: unknown): string {
  if (isNumeric(result)) return `the shape [${asTensor(result).shape.join(",")}]`;
  return result === null ? "null" : typeof result;
}

function needsOperators(what: string): FluxionError {
  return new FluxionError(
    "NOT_CONCRETE",
    'differentiate: the method "complexStep" calls f with a Tensor that stands for a complex number, which only the operators of ' +
      `@fluxion/core understand; ${what} ` +
      'Write f with them (mul(x, sin(x)) for x * Math.sin(x)), or leave the method out: the default, "adaptive", takes any function of a number.',
  );
}
