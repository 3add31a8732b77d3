import { FluxionError } from "../errors.ts";
import { invoke } from "../dispatch/invoke.ts";
import { diagonalOperator } from "../operators/linear-algebra/diagonal.ts";
import { inverseOperator } from "../operators/linear-algebra/inverse.ts";
import { NO_ATTRIBUTES } from "../operators/operator.ts";
import { broadcastTo } from "../operators/shape/broadcast-to.ts";
import { permute } from "../operators/shape/permute.ts";
import { allAxes, broadcastShapes, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { PlainDistance } from "./domain.ts";

/** The least of a function of the entries; Infinity where there are none. */
export function least(x: Tensor, f: (entry: number) => number): number {
  return x.data.reduce((nearest, entry) => Math.min(nearest, f(entry)), Infinity);
}

/** The distance of the nearest entry of the first operand. */
export function nearestEntry(f: (entry: number) => number): PlainDistance {
  return ([x]) => least(x!, f);
}

/** The distance of the nearest pair of entries that meet when two operands broadcast. */
export function nearestPair(f: (a: number, b: number) => number): PlainDistance {
  return (operands) => {
    const [a, b] = operands as readonly [Tensor, Tensor];
    const shape = broadcastShapes("kinkDistance", a.shape, b.shape);
    const right = broadcastTo(b, shape).data;
    return broadcastTo(a, shape).data.reduce((nearest, x, i) => Math.min(nearest, f(x, right[i]!)), Infinity);
  };
}

/** The gap between the largest and the next entry of every run that is reduced over some axes. */
export function leastLead(x: Tensor, axes: readonly number[]): number {
  const others = allAxes(x.rank).filter((axis) => !axes.includes(axis));
  const runs = permute(x, [...others, ...axes]).data;
  const length = sizeOf(axes.map((axis) => x.shape[axis]!));
  let nearest = Infinity;
  for (let start = 0; start < runs.length; start += length) {
    const [first, second] = runs.slice(start, start + length).sort((p, q) => q - p);
    if (second !== undefined) nearest = Math.min(nearest, first! - second);
  }
  return nearest;
}

/** 1/(‖A‖‖A⁻¹‖) of the worst matrix of a stack, in the norm of the largest row sum; 0 for a singular one. */
export const reciprocalCondition: PlainDistance = ([a]) => {
  const inverse = definedOrNull(() => inverseOperator.evaluate([a!], NO_ATTRIBUTES));
  if (inverse === null) return 0;
  const [norms, others] = [rowSumNorms(a!), rowSumNorms(inverse)];
  return norms.reduce((worst, norm, i) => Math.min(worst, 1 / (norm * others[i]!)), Infinity);
};

/** The largest sum of magnitudes in a row, of every matrix of a stack. */
function rowSumNorms(a: Tensor): readonly number[] {
  const [rows, columns] = a.shape.slice(-2) as [number, number];
  const norms: number[] = [];
  for (let start = 0, row = 0; start < a.data.length; start += columns, row++) {
    const rowSum = a.data.slice(start, start + columns).reduce((total, entry) => total + Math.abs(entry), 0);
    if (row % rows === 0) norms.push(rowSum);
    else norms[norms.length - 1] = Math.max(norms.at(-1)!, rowSum);
  }
  return norms;
}

/** The least magnitude on the diagonal. */
export function leastPivot(a: Tensor): number {
  return least(invoke(diagonalOperator, [a], NO_ATTRIBUTES), Math.abs);
}

/** A value, or null outside the domain of its operator. */
export function definedOrNull(evaluate: () => Tensor): Tensor | null {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof FluxionError && error.code === "DOMAIN") return null;
    throw error;
  }
}
