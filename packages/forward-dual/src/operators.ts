import type { Strategy } from "@fluxion/core";
import { forwardDual } from "./strategy.ts";

/**
 * df/dt for scalar t and scalar f.
 *
 * @example
 * import { mul, type Tensor } from "@fluxion/core";
 * import { derivative } from "@fluxion/forward-dual";
 * derivative((x: Tensor) => mul(x, x))(3); // => 6
 */
export const derivative: Strategy["derivative"] = forwardDual.derivative;

/**
 * ∂z/∂x for scalar z, in the shape of x.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { gradient } from "@fluxion/forward-dual";
 * String(gradient((x: Tensor) => dot(x, x))(tensor([1, 2]))); // => [2, 4]
 */
export const gradient: Strategy["gradient"] = forwardDual.gradient;

/**
 * ∂y/∂x of shape `[...shape(y), ...shape(x)]`.
 *
 * @example
 * import { mul, tensor, type Tensor } from "@fluxion/core";
 * import { jacobian } from "@fluxion/forward-dual";
 * jacobian((x: Tensor) => mul(x, x))(tensor([1, 2])).toArray(); // => [[2,0],[0,4]]
 */
export const jacobian: Strategy["jacobian"] = forwardDual.jacobian;

/**
 * ∂²z/∂x² of shape `[...shape(x), ...shape(x)]`.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { hessian } from "@fluxion/forward-dual";
 * hessian((x: Tensor) => dot(x, x))(tensor([1, 2])).toArray(); // => [[2,0],[0,2]]
 */
export const hessian: Strategy["hessian"] = forwardDual.hessian;

/**
 * The value and the directional derivative J·dx.
 *
 * @example
 * import { mul, tensor, type Tensor } from "@fluxion/core";
 * import { jvp } from "@fluxion/forward-dual";
 * String(jvp((x: Tensor) => mul(x, x))(tensor([1, 2]))(tensor([1, 1])).tangent); // => [2, 4]
 */
export const jvp: Strategy["jvp"] = forwardDual.jvp;

/**
 * The value and the pullback dy ↦ dy·J.
 *
 * @example
 * import { mul, tensor, type Tensor } from "@fluxion/core";
 * import { vjp } from "@fluxion/forward-dual";
 * String(vjp((x: Tensor) => mul(x, x))(tensor([1, 2])).pullback(tensor([1, 1]))); // => [2, 4]
 */
export const vjp: Strategy["vjp"] = forwardDual.vjp;

/**
 * The Hessian-vector product H·v, without forming H.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { hvp } from "@fluxion/forward-dual";
 * String(hvp((x: Tensor) => dot(x, x))(tensor([1, 2]))(tensor([1, 0]))); // => [2, 0]
 */
export const hvp: Strategy["hvp"] = forwardDual.hvp;

/**
 * The value and the derivative from one pass.
 *
 * @example
 * import { mul, type Tensor } from "@fluxion/core";
 * import { valueAndDerivative } from "@fluxion/forward-dual";
 * valueAndDerivative((x: Tensor) => mul(x, x))(3).derivative; // => 6
 */
export const valueAndDerivative: Strategy["valueAndDerivative"] = forwardDual.valueAndDerivative;

/**
 * The value and the gradient from one pass.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { valueAndGradient } from "@fluxion/forward-dual";
 * valueAndGradient((x: Tensor) => dot(x, x))(tensor([1, 2])).value.item(); // => 5
 */
export const valueAndGradient: Strategy["valueAndGradient"] = forwardDual.valueAndGradient;

/**
 * The value and the Jacobian from one pass.
 *
 * @example
 * import { mul, tensor, type Tensor } from "@fluxion/core";
 * import { valueAndJacobian } from "@fluxion/forward-dual";
 * String(valueAndJacobian((x: Tensor) => mul(x, x))(tensor([1, 2])).value); // => [1, 4]
 */
export const valueAndJacobian: Strategy["valueAndJacobian"] = forwardDual.valueAndJacobian;

/**
 * The value, the gradient and the Hessian from one pass.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { valueGradientAndHessian } from "@fluxion/forward-dual";
 * String(valueGradientAndHessian((x: Tensor) => dot(x, x))(tensor([1, 2])).gradient); // => [2, 4]
 */
export const valueGradientAndHessian: Strategy["valueGradientAndHessian"] =
  forwardDual.valueGradientAndHessian;
