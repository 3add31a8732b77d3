import { slice, reshape, sameShape, type Shape, type Tensor } from "@fluxion/core";
import type { Control } from "./control.ts";
import { type Mechanism, reverseWith, stretchedAxes } from "./reverse.ts";

function tape(fault: string, mechanism: Partial<Mechanism>): Control {
  return { operator: null, fault, strategy: reverseWith(`reverse: ${fault}`, {}, mechanism) };
}

/** Tapes with right rules and a mistake in their bookkeeping. */
export const mechanismControls: readonly Control[] = [
  tape("a value that is used twice receives its last cotangent only", {
    accumulate: (_, cotangent) => cotangent,
  }),
  tape("a value that is used twice receives its first cotangent only", { accumulate: (sofar) => sofar }),
  tape("the cotangent of a broadcast operand is not summed", { sumTo: firstEntries }),
  tape("a rule reads the output of the last call of its operator", {
    residual: (output, previous) => (previous && sameShape(previous.shape, output.shape) ? previous : output),
  }),
  tape("a function's own rules are ignored", { usesCustomRules: false }),
];

function firstEntries(cotangent: Tensor, shape: Shape): Tensor {
  const stretched = stretchedAxes(cotangent.shape, shape);
  const first = slice(
    cotangent,
    cotangent.shape.map((_, axis) => (stretched.includes(axis) ? ([0, 1] as const) : null)),
  );
  return reshape(first, shape);
}
