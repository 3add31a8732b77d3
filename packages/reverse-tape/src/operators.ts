import type { Strategy } from "@fluxion/core";
import { reverseTape } from "./strategy.ts";

/**
 * df/dt for scalar t and scalar f.
 *
 * @example
 * import { mul, type Tensor } from "@fluxion/core";
 * import { derivative } from "@fluxion/reverse-tape";
 * derivative((x: Tensor) => mul(x, x))(3); // => 6
 */
export const derivative: Strategy["derivative"] = reverseTape.derivative;

/**
 * ∂z/∂x for scalar z, in the shape of x.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { gradient } from "@fluxion/reverse-tape";
 * String(gradient((x: Tensor) => dot(x, x))(tensor([1, 2]))); // => [2, 4]
 */
export const gradient: Strategy["gradient"] = reverseTape.gradient;

/**
 * ∂y/∂x of shape `[...shape(y), ...shape(x)]`.
 *
 * @example
 * import { mul, tensor, type Tensor } from "@fluxion/core";
 * import { jacobian } from "@fluxion/reverse-tape";
 * jacobian((x: Tensor) => mul(x, x))(tensor([1, 2])).toArray(); // => [[2,0],[0,4]]
 */
export const jacobian: Strategy["jacobian"] = reverseTape.jacobian;

/**
 * ∂²z/∂x² of shape `[...shape(x), ...shape(x)]`.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { hessian } from "@fluxion/reverse-tape";
 * hessian((x: Tensor) => dot(x, x))(tensor([1, 2])).toArray(); // => [[2,0],[0,2]]
 */
export const hessian: Strategy["hessian"] = reverseTape.hessian;

/**
 * The value and the directional derivative J·dx.
 *
 * @example
 * import { mul, tensor, type Tensor } from "@fluxion/core";
 * import { jvp } from "@fluxion/reverse-tape";
 * String(jvp((x: Tensor) => mul(x, x))(tensor([1, 2]))(tensor([1, 1])).tangent); // => [2, 4]
 */
export const jvp: Strategy["jvp"] = reverseTape.jvp;

/**
 * The value and the pullback dy ↦ dy·J.
 *
 * @example
 * import { mul, tensor, type Tensor } from "@fluxion/core";
 * import { vjp } from "@fluxion/reverse-tape";
 * String(vjp((x: Tensor) => mul(x, x))(tensor([1, 2])).pullback(tensor([1, 1]))); // => [2, 4]
 */
export const vjp: Strategy["vjp"] = reverseTape.vjp;

/**
 * The Hessian-vector product H·v, without forming H.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { hvp } from "@fluxion/reverse-tape";
 * String(hvp((x: Tensor) => dot(x, x))(tensor([1, 2]))(tensor([1, 0]))); // => [2, 0]
 */
export const hvp: Strategy["hvp"] = reverseTape.hvp;

/**
 * The value and the derivative from one pass.
 *
 * @example
 * import { mul, type Tensor } from "@fluxion/core";
 * import { valueAndDerivative } from "@fluxion/reverse-tape";
 * valueAndDerivative((x: Tensor) => mul(x, x))(3).derivative; // => 6
 */
export const valueAndDerivative: Strategy["valueAndDerivative"] = reverseTape.valueAndDerivative;

/**
 * The value and the gradient from one pass.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { valueAndGradient } from "@fluxion/reverse-tape";
 * valueAndGradient((x: Tensor) => dot(x, x))(tensor([1, 2])).value.item(); // => 5
 */
export const valueAndGradient: Strategy["valueAndGradient"] = reverseTape.valueAndGradient;

/**
 * The value and the Jacobian from one pass.
 *
 * @example
 * import { mul, tensor, type Tensor } from "@fluxion/core";
 * import { valueAndJacobian } from "@fluxion/reverse-tape";
 * String(valueAndJacobian((x: Tensor) => mul(x, x))(tensor([1, 2])).value); // => [1, 4]
 */
export const valueAndJacobian: Strategy["valueAndJacobian"] = reverseTape.valueAndJacobian;

/**
 * The value, the gradient and the Hessian from one pass.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { valueGradientAndHessian } from "@fluxion/reverse-tape";
 * String(valueGradientAndHessian((x: Tensor) => dot(x, x))(tensor([1, 2])).gradient); // => [2, 4]
 */
export const valueGradientAndHessian: Strategy["valueGradientAndHessian"] =
  reverseTape.valueGradientAndHessian;
