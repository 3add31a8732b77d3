import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { allAxes, canonicalAxis } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { permute } from "./permute.ts";

/** x with one axis moved to another place, the others in order. Throws `ARGUMENT` for an axis that x doesn't have. */
export function moveAxis(x: Numeric, from: number, to: number): Tensor {
  const a = asTensor(x);
  const source = canonicalAxis("moveAxis", from, a.rank);
  const target = canonicalAxis("moveAxis", to, a.rank);
  if (source === target) return a;
  const axes = allAxes(a.rank).filter((axis) => axis !== source);
  axes.splice(target, 0, source);
  return permute(a, axes);
}
