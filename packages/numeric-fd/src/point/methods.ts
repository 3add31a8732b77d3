import * as complex from "../complex/estimates.ts";
import type { Purpose } from "../complex/along.ts";
import * as differences from "../sparse/with-options.ts";
import type { Start } from "./begin.ts";
import { directional } from "./estimates.ts";
import type { SecondOrder } from "./estimates.ts";
import type { Direction } from "./lines.ts";
import type { Numbers } from "./numbers.ts";

/** What the strategy computes at a point of numbers, with the pattern and from the gradient that the options know of. */
export interface Estimates {
  jacobian(start: Start): Numbers;
  directional(start: Start, direction: Direction): Numbers;
  hessian(start: Start): SecondOrder;
  hessianVector(start: Start, vector: Direction): Numbers;
}

/** Estimates by the method that the settings name; complex steps cost less where nobody looks at the bounds. */
export function estimatesFor(purpose: Purpose): Estimates {
  const isComplex = ({ settings }: Start): boolean => settings.method === "complexStep";
  return {
    jacobian: (start) =>
      isComplex(start) ? complex.jacobianOf(start, purpose) : differences.jacobianOf(start),
    directional: (start, direction) =>
      isComplex(start) ? complex.directional(start, direction) : directional(start, direction),
    hessian: (start) => (isComplex(start) ? complex.hessianOf(start, purpose) : differences.hessianOf(start)),
    hessianVector: (start, vector) =>
      isComplex(start) ? complex.hessianVectorOf(start, vector) : differences.hessianVectorOf(start, vector),
  };
}
