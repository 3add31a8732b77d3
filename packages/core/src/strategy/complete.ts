import { FluxionError } from "../errors.ts";
import { found } from "../tensor/found.ts";
import type { Products, StrategyDefinition } from "./definition.ts";
import { gradientFromJacobian, hvpFromJvp, jacobianFromJvp, vjpFromJvp } from "./from-jvp.ts";
import { gradientFromVjp, hvpFromVjp, jacobianFromVjp, jvpFromVjp } from "./from-vjp.ts";
import { hessianFromGradient, hvpFromGradient } from "./second-order.ts";

/** All products of a strategy: those it defines, and the rest derived from its jvp, its vjp, or both. */
export function completeProducts<E extends object>(definition: StrategyDefinition<E>): Products<E> {
  if (typeof definition !== "object" || definition === null || typeof definition.name !== "string")
    throw new FluxionError(
      "ARGUMENT",
      `defineStrategy takes an object { name, mode, exact, jvp or vjp, … }; found ${definition ? "an object without a name" : found(definition)}.`,
    );
  const { jvp, vjp } = definition;
  if (!jvp && !vjp)
    throw new FluxionError(
      "ARGUMENT",
      `defineStrategy("${definition.name}"): neither jvp nor vjp is defined. Give at least one; everything else follows from it.`,
    );
  const jacobian = definition.jacobian ?? (vjp ? jacobianFromVjp(vjp) : jacobianFromJvp(jvp!));
  const gradient = definition.gradient ?? (vjp ? gradientFromVjp(vjp) : gradientFromJacobian(jacobian));
  return {
    jvp: jvp ?? jvpFromVjp(vjp!),
    vjp: vjp ?? vjpFromJvp(jvp!),
    gradient,
    jacobian,
    hessian:
      definition.hessian ??
      hessianFromGradient(gradient, jvp ? (definition.jacobian ?? jacobianFromJvp(jvp)) : jacobian),
    hvp:
      definition.hvp ??
      (jvp && vjp
        ? hvpFromGradient(gradient, jvp)
        : vjp
          ? hvpFromVjp(vjp, gradient)
          : hvpFromJvp(jvp!, gradient)),
  };
}
