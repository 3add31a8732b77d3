import type { Tensor } from "../../tensor/tensor.ts";
import { allAxes } from "../../tensor/shape.ts";
import { permute } from "./permute.ts";

/** x with one axis moved to another place, the others in order. */
export function moveAxis(x: Tensor, from: number, to: number): Tensor {
  if (from === to) return x;
  const axes = [...allAxes(x.rank)].filter((axis) => axis !== from);
  axes.splice(to, 0, from);
  return permute(x, axes);
}
