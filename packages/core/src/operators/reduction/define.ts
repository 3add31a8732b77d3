import { invoke } from "../../dispatch/invoke.ts";
import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions, readSwitch } from "../../tensor/options.ts";
import { canonicalAxes, reducedShape } from "../../tensor/shape.ts";
import { concrete, scalar, type Tensor } from "../../tensor/tensor.ts";
import { type Attributes, defineOperator, type Operator } from "../operator.ts";
import { checkEntries, runsOf } from "./runs.ts";

export type ReductionName = "sum" | "max" | "min" | "logsumexp" | "norm";

/** Which axes are reduced (all unless given), and whether they stay with length 1. */
export interface ReductionOptions {
  readonly axes?: number | readonly number[];
  readonly keepDims?: boolean;
}

/** Reduces the entries `data[start + i·step]`, i < length. */
export type RunReduction = (data: Float64Array, start: number, length: number, step: number) => number;

/** A reduction from what it does with one run of entries, and whether an empty run has a result. */
export function reduction<N extends ReductionName>(
  name: N,
  empty: "defined" | "undefined",
  reduce: RunReduction,
): Operator<N> {
  const operator: Operator<N> = defineOperator<N>(name, {
    shape: ([x], { axes, keepDims }) => {
      if (empty === "undefined") checkEntries(name, x!, axes);
      return reducedShape(x!, axes, keepDims);
    },
    evaluate: ([x], attributes) => {
      operator.shape([x.shape], attributes);
      const { data, outer, length, inner, shape } = runsOf(x, attributes);
      if (shape.length === 0) return scalar(reduce(data, 0, length, 1));
      const out = allocate(outer * inner);
      for (let o = 0; o < outer; o++)
        for (let p = 0; p < inner; p++)
          out[o * inner + p] = reduce(data, o * length * inner + p, length, inner);
      return concrete(out, shape);
    },
    batch: (_, inputs, { axes, keepDims }) =>
      invoke(operator, inputs, { axes: axes.map((axis) => axis + 1), keepDims }),
  });
  return operator;
}

/** Applies a reduction with options as users give them. Throws `ARGUMENT` for an axis or an option that doesn't exist. */
export function reduceWith<N extends ReductionName>(
  operator: Operator<N>,
  x: Numeric,
  options: ReductionOptions,
): Tensor {
  const a = asTensor(x);
  readOptions(operator.name, options, "axes", "keepDims");
  const keepDims = readSwitch(operator.name, "keepDims", options.keepDims);
  const attributes: Attributes<N> = { axes: canonicalAxes(operator.name, options.axes, a.rank), keepDims };
  return invoke(operator, [a], attributes);
}
