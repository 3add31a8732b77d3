import { zeros } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { lower } from "./lower.ts";
import type { FlatFunction, Products } from "./definition.ts";
import type { Options } from "./types.ts";

/** x ↦ ∇f(x) as a flat function; `seen` receives the value of f at every call. */
export function gradientFunction<E extends object>(
  f: FlatFunction,
  gradient: Products<E>["gradient"],
  options: Options & E,
  seen: (value: Tensor) => void = () => undefined,
): FlatFunction {
  return (inputs) => {
    const result = gradient(f, inputs, options);
    seen(result.value);
    return inputs.map((input, i) => result.gradient[i] ?? zeros(input.shape));
  };
}

/** The Hessian as the Jacobian of the gradient. */
export function hessianFromGradient<E extends object>(
  gradient: Products<E>["gradient"],
  jacobian: Products<E>["jacobian"],
): Products<E>["hessian"] {
  return (f, inputs, options) => {
    let value: Tensor | null = null;
    const result = jacobian(
      gradientFunction(f, gradient, options, (seen) => {
        value = seen;
      }),
      inputs,
      options,
    );
    // The value under the levels of the outer pass; a level without primals leaves none, and f is evaluated once more.
    return {
      value: (value && lower(value)) ?? f(inputs)[0]!,
      gradient: result.values,
      hessian: result.jacobian,
    };
  };
}

/** H·v as the directional derivative of the gradient. */
export function hvpFromGradient<E extends object>(
  gradient: Products<E>["gradient"],
  jvp: Products<E>["jvp"],
): Products<E>["hvp"] {
  return (f, inputs, vector, options) =>
    jvp(gradientFunction(f, gradient, options), inputs, vector, options).tangents;
}
