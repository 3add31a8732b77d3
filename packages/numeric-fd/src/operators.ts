import type { Strategy } from "@fluxion/core";
import type { NumericFdOptions } from "./point/begin.ts";
import { numericFd } from "./strategy.ts";

/**
 * df/dt for scalar t and scalar f.
 *
 * @example
 * import { mul, type Tensor } from "@fluxion/core";
 * import { derivative } from "@fluxion/numeric-fd";
 * derivative((x: Tensor) => mul(x, x))(3).toFixed(9); // => 6.000000000
 */
export const derivative: Strategy<NumericFdOptions>["derivative"] = numericFd.derivative;

/**
 * ∂z/∂x for scalar z, in the shape of x.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { gradient } from "@fluxion/numeric-fd";
 * gradient((x: Tensor) => dot(x, x))(tensor([1, 2])).data[1]!.toFixed(9); // => 4.000000000
 */
export const gradient: Strategy<NumericFdOptions>["gradient"] = numericFd.gradient;

/**
 * ∂y/∂x of shape `[...shape(y), ...shape(x)]`.
 *
 * @example
 * import { mul, tensor, type Tensor } from "@fluxion/core";
 * import { jacobian } from "@fluxion/numeric-fd";
 * jacobian((x: Tensor) => mul(x, x))(tensor([1, 2])).data[3]!.toFixed(9); // => 4.000000000
 */
export const jacobian: Strategy<NumericFdOptions>["jacobian"] = numericFd.jacobian;

/**
 * ∂²z/∂x² of shape `[...shape(x), ...shape(x)]`.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { hessian } from "@fluxion/numeric-fd";
 * hessian((x: Tensor) => dot(x, x))(tensor([1, 2])).data[0]!.toFixed(9); // => 2.000000000
 */
export const hessian: Strategy<NumericFdOptions>["hessian"] = numericFd.hessian;

/**
 * The value and the directional derivative J·dx.
 *
 * @example
 * import { mul, tensor, type Tensor } from "@fluxion/core";
 * import { jvp } from "@fluxion/numeric-fd";
 * jvp((x: Tensor) => mul(x, x))(tensor([1, 2]))(tensor([1, 1])).tangent.data[1]!.toFixed(9); // => 4.000000000
 */
export const jvp: Strategy<NumericFdOptions>["jvp"] = numericFd.jvp;

/**
 * The value and the pullback dy ↦ dy·J.
 *
 * @example
 * import { mul, tensor, type Tensor } from "@fluxion/core";
 * import { vjp } from "@fluxion/numeric-fd";
 * vjp((x: Tensor) => mul(x, x))(tensor([1, 2])).pullback(tensor([1, 1])).data[1]!.toFixed(9); // => 4.000000000
 */
export const vjp: Strategy<NumericFdOptions>["vjp"] = numericFd.vjp;

/**
 * The Hessian-vector product H·v, without forming H.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { hvp } from "@fluxion/numeric-fd";
 * hvp((x: Tensor) => dot(x, x))(tensor([1, 2]))(tensor([1, 0])).data[0]!.toFixed(9); // => 2.000000000
 */
export const hvp: Strategy<NumericFdOptions>["hvp"] = numericFd.hvp;

/**
 * The value and the derivative from one pass.
 *
 * @example
 * import { mul, type Tensor } from "@fluxion/core";
 * import { valueAndDerivative } from "@fluxion/numeric-fd";
 * valueAndDerivative((x: Tensor) => mul(x, x))(3).derivative.toFixed(9); // => 6.000000000
 */
export const valueAndDerivative: Strategy<NumericFdOptions>["valueAndDerivative"] =
  numericFd.valueAndDerivative;

/**
 * The value and the gradient from one pass.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { valueAndGradient } from "@fluxion/numeric-fd";
 * valueAndGradient((x: Tensor) => dot(x, x))(tensor([1, 2])).value.item(); // => 5
 */
export const valueAndGradient: Strategy<NumericFdOptions>["valueAndGradient"] = numericFd.valueAndGradient;

/**
 * The value and the Jacobian from one pass.
 *
 * @example
 * import { mul, tensor, type Tensor } from "@fluxion/core";
 * import { valueAndJacobian } from "@fluxion/numeric-fd";
 * String(valueAndJacobian((x: Tensor) => mul(x, x))(tensor([1, 2])).value); // => [1, 4]
 */
export const valueAndJacobian: Strategy<NumericFdOptions>["valueAndJacobian"] = numericFd.valueAndJacobian;

/**
 * The value, the gradient and the Hessian from one pass.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { valueGradientAndHessian } from "@fluxion/numeric-fd";
 * valueGradientAndHessian((x: Tensor) => dot(x, x))(tensor([1, 2])).gradient.data[1]!.toFixed(9); // => 4.000000000
 */
export const valueGradientAndHessian: Strategy<NumericFdOptions>["valueGradientAndHessian"] =
  numericFd.valueGradientAndHessian;
