import { ones, zeros } from "../tensor/create.ts";
import { sizeOf } from "../tensor/shape.ts";
import { mapBasis, rowsOf, rowsToJacobian } from "./basis.ts";
import type { FlatFunction, Products } from "./definition.ts";
import { gradientFunction } from "./second-order.ts";

type Vjp<E extends object> = Products<E>["vjp"];

/** The gradient of a scalar: the pullback of 1. */
export function gradientFromVjp<E extends object>(vjp: Vjp<E>): Products<E>["gradient"] {
  return (f, inputs, options) => {
    const { values, pullback } = vjp(f, inputs, options);
    return { value: values[0]!, gradient: pullback([ones([])]) };
  };
}

/** The Jacobian: one run of f, then the pullback of every unit cotangent, in blocks. */
export function jacobianFromVjp<E extends object>(vjp: Vjp<E>): Products<E>["jacobian"] {
  return (f, inputs, options) => {
    const { values, pullback } = vjp(f, inputs, options);
    const shapes = values.map((value) => value.shape);
    const rows = mapBasis(shapes, (units) => {
      const cotangents = pullback(units);
      return inputs.map((input, i) => cotangents[i] ?? zeros(input.shape));
    });
    const jacobian = shapes.map((shape, k) =>
      inputs.map((input, i) =>
        sizeOf(shape) === 0
          ? zeros([...shape, ...input.shape])
          : rowsToJacobian(rowsOf(rows[i]!, shapes, k), shape, input.shape),
      ),
    );
    return { values, jacobian };
  };
}

/**
 * J·dx by two pullbacks: the pullback is linear in its cotangent u, so its own pullback at any u is dx ↦ J·dx.
 * Source: J. Townsend, "A new trick for calculating Jacobian vector products" (2017).
 */
export function jvpFromVjp<E extends object>(vjp: Vjp<E>): Products<E>["jvp"] {
  return (f, inputs, tangents, options) => {
    const { values, pullback } = vjp(f, inputs, options);
    const pulled: FlatFunction = (cotangents) => {
      const results = pullback(cotangents);
      return inputs.map((input, i) => results[i] ?? zeros(input.shape));
    };
    const transposed = vjp(
      pulled,
      values.map((value) => zeros(value.shape)),
      options,
    );
    return { values, tangents: transposed.pullback(tangents) };
  };
}

/** H·v as the pullback of v through the gradient. */
export function hvpFromVjp<E extends object>(
  vjp: Vjp<E>,
  gradient: Products<E>["gradient"],
): Products<E>["hvp"] {
  return (f, inputs, vector, options) =>
    vjp(gradientFunction(f, gradient, options), inputs, options).pullback(vector);
}
