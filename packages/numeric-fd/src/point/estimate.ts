import { type EstimateRequest, type FlatEstimate, FluxionError, type Tensor } from "@fluxion/core";
import { begin, directionOf, settleAux } from "./begin.ts";
import type { NumericFdOptions } from "./begin.ts";
import { blocks, split } from "./blocks.ts";
import type { Numbers } from "./estimates.ts";
import type { Direction } from "./lines.ts";
import { estimatesFor } from "./methods.ts";
import type { Point } from "./point.ts";
import { TracedDifferences } from "./traced.ts";

const { directional, hessian, hessianVector, jacobian } = estimatesFor("bounds");

/** The same numbers with a bound for each, and no error where there is none. */
export function estimate({
  operator,
  f,
  inputs,
  directions,
  options,
}: EstimateRequest<NumericFdOptions>): FlatEstimate {
  const at = begin(f, inputs, options);
  if (at instanceof TracedDifferences) {
    throw new FluxionError(
      "NOT_CONCRETE",
      `numericFd.estimate("${operator}") gives numbers with bounds, and f gives values that another strategy is tracing. ` +
        "Call it outside of the function that is differentiated.",
    );
  }
  const { point, coordinates, settings } = at;
  const report = (
    result: Numbers,
    mirror: (values: Float64Array) => readonly (readonly Tensor[])[],
  ): FlatEstimate => {
    settleAux(f, inputs, options);
    return {
      results: mirror(result.values),
      errors: mirror(result.errors),
      status: result.status,
      evaluations: point.evaluations,
    };
  };
  switch (operator) {
    case "derivative":
    case "gradient":
      return report(jacobian(point, coordinates, settings), (values) => [split(values, inputs)]);
    case "jacobian":
      return report(jacobian(point, coordinates, settings), (values) =>
        blocks(values, point.outputs, inputs),
      );
    case "hessian":
      return report(hessian(point, coordinates, settings).hessian, (values) =>
        blocks(values, inputs, inputs),
      );
    case "jvp":
      return report(directional(point, coordinates, directionOf(directions), settings), (values) =>
        split(values, point.outputs).map((tangent) => [tangent]),
      );
    case "hvp":
      return report(hessianVector(point, coordinates, directionOf(directions), settings), (values) => [
        split(values, inputs),
      ]);
    case "vjp":
      return report(
        pulled(jacobian(point, coordinates, settings), directionOf(directions), point),
        (values) => [split(values, inputs)],
      );
  }
}

/** Cotangents times a Jacobian, with the bounds that follow. */
function pulled(rows: Numbers, cotangents: Direction, { inputs, outputs }: Point): Numbers {
  const width = inputs.reduce((total, { size }) => total + size, 0);
  const weights = outputs.flatMap(({ size }, k) => Array.from(cotangents[k] ?? new Float64Array(size)));
  const values = new Float64Array(width);
  const errors = new Float64Array(width);
  weights.forEach((weight, row) => {
    if (weight === 0) return;
    for (let column = 0; column < width; column++) {
      values[column]! += weight * rows.values[row * width + column]!;
      errors[column]! += Math.abs(weight) * rows.errors[row * width + column]!;
    }
  });
  return { values, errors, status: rows.status, worst: rows.worst };
}
