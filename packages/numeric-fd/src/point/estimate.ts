import { type EstimateRequest, type FlatEstimate, FluxionError, type Tensor } from "@fluxion/core";
import { begin, directionOf, settleAux } from "./begin.ts";
import type { NumericFdOptions } from "./begin.ts";
import { blocks, split } from "./blocks.ts";
import type { Direction } from "./lines.ts";
import { estimatesFor } from "./methods.ts";
import { Numbers, worse } from "./numbers.ts";
import type { Point } from "./point.ts";
import type { Entry } from "../types.ts";
import { TracedDifferences } from "./traced.ts";

const { directional, hessian, hessianVector, jacobian } = estimatesFor("bounds");

/** The same numbers with a bound for each, and no error where there is none. */
export function estimate({
  operator,
  f,
  inputs,
  directions,
  options,
}: EstimateRequest<NumericFdOptions>): FlatEstimate<Entry> {
  const at = begin(f, inputs, options);
  if (at instanceof TracedDifferences) {
    throw new FluxionError(
      "NOT_CONCRETE",
      `numericFd.estimate("${operator}") gives numbers with bounds, and f gives values that another strategy is tracing. ` +
        "Call it outside of the function that is differentiated.",
    );
  }
  const { point } = at;
  const report = (
    result: Numbers,
    mirror: (values: Float64Array) => readonly (readonly Tensor[])[],
  ): FlatEstimate<Entry> => {
    settleAux(f, inputs, options);
    return {
      results: mirror(result.values),
      errors: mirror(result.errors),
      status: result.status,
      evaluations: point.evaluations,
      ...(point.isBatched ? { batches: point.calls } : {}),
      // The numbers of the entries, arranged like the entries themselves, say which figures belong where.
      details: () =>
        mirror(Float64Array.from(result.values, (_, at) => at)).map((row) =>
          row.map(({ data }) => Array.from(data, (at) => result.entry(at))),
        ),
    };
  };
  switch (operator) {
    case "derivative":
    case "gradient":
      return report(jacobian(at), (values) => [split(values, inputs)]);
    case "jacobian":
      return report(jacobian(at), (values) => blocks(values, point.outputs, inputs));
    case "hessian":
      return report(hessian(at).hessian, (values) => blocks(values, inputs, inputs));
    case "jvp":
      return report(directional(at, directionOf(directions)), (values) =>
        split(values, point.outputs).map((tangent) => [tangent]),
      );
    case "hvp":
      return report(hessianVector(at, directionOf(directions)), (values) => [split(values, inputs)]);
    case "vjp":
      return report(pulled(jacobian(at), directionOf(directions), point), (values) => [
        split(values, inputs),
      ]);
  }
}

/** Cotangents times a Jacobian, with the bounds that follow, and the least favourable figures of what was added up. */
function pulled(rows: Numbers, cotangents: Direction, { inputs, outputs }: Point): Numbers {
  const width = inputs.reduce((total, { size }) => total + size, 0);
  const weights = outputs.flatMap(({ size }, k) => Array.from(cotangents[k] ?? new Float64Array(size)));
  const result = new Numbers(width);
  for (let column = 0; column < width; column++) {
    weights.forEach((weight, row) => {
      if (weight === 0) return;
      const [sum, term] = [result.entry(column), rows.entry(row * width + column)];
      const isFirst = sum.order === 0;
      result.set(column, {
        value: sum.value + weight * term.value,
        error: sum.error + Math.abs(weight) * term.error,
        step: isFirst || term.step < sum.step ? term.step : sum.step,
        order: isFirst ? term.order : Math.min(sum.order, term.order),
        side: isFirst || worse(sum.status, term.status) !== sum.status ? term.side : sum.side,
        status: worse(sum.status, term.status),
      });
    });
  }
  return result;
}
