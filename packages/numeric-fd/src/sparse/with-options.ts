import type { Start } from "../point/begin.ts";
import { hessian, hessianVector, jacobian, directional } from "../point/estimates.ts";
import type { SecondOrder } from "../point/estimates.ts";
import type { Direction } from "../point/lines.ts";
import { Numbers } from "../point/numbers.ts";
import { givenGradient } from "./given-gradient.ts";
import { hessianOfGradient, sparseHessian } from "./hessian.ts";
import { sparseJacobian } from "./jacobian.ts";

/** The Jacobian, with the pattern that the options know of. */
export function jacobianOf(start: Start): Numbers {
  return start.sparsity === undefined ? jacobian(start) : sparseJacobian(start, start.sparsity);
}

/** Gradient and Hessian of a scalar, with the pattern and from the gradient that the options know of. */
export function hessianOf(start: Start): SecondOrder {
  const { sparsity } = start;
  if (start.gradient === null)
    return sparsity === undefined ? hessian(start) : sparseHessian(start, sparsity);
  return givenGradient(start, start.gradient, (gradient) => {
    const exact = new Numbers(gradient.point.centre.length);
    exact.values.set(gradient.point.centre);
    return { gradient: exact, hessian: hessianOfGradient(gradient, sparsity) };
  });
}

/** H·v of a scalar: differences of f, or of its gradient where the options give it. */
export function hessianVectorOf(start: Start, vector: Direction): Numbers {
  if (start.gradient === null) return hessianVector(start, vector);
  return givenGradient(start, start.gradient, (gradient) => directional(gradient, vector));
}
