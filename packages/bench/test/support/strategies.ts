import {
  defineStrategy,
  type FlatFunction,
  type Products,
  type Strategy,
  type Tensor,
  zeros,
} from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { reverseTape } from "@fluxion/reverse-tape";
import { symbolic } from "@fluxion/symbolic";

export const exactStrategies: readonly Strategy[] = [forwardDual, reverseTape, symbolic];

function spread(f: FlatFunction): (...inputs: Tensor[]) => readonly Tensor[] {
  return (...inputs) => f(inputs);
}

function all(inputs: readonly Tensor[]): { readonly arguments: readonly number[] } {
  return { arguments: inputs.map((_, i) => i) };
}

/** A strategy's jvp as `defineStrategy` takes it. */
export function flatJvp(strategy: Strategy): Products["jvp"] {
  return (f, inputs, tangents) => {
    const dense = tangents.map((tangent, i) => tangent ?? zeros(inputs[i]!.shape));
    const { value, tangent } = strategy.jvp(spread(f), all(inputs))(...inputs)(dense);
    return { values: value, tangents: tangent };
  };
}

/** A strategy's vjp as `defineStrategy` takes it. */
export function flatVjp(strategy: Strategy): Products["vjp"] {
  return (f, inputs) => {
    const { value, pullback } = strategy.vjp(spread(f), all(inputs))(...inputs);
    const values = value as readonly Tensor[];
    return {
      values,
      pullback: (cotangents) =>
        pullback(cotangents.map((cotangent, i) => cotangent ?? zeros(values[i]!.shape))),
    };
  };
}

/** Strategies that define one product or two, and leave the rest to core. */
export const derivedStrategies: readonly Strategy[] = exactStrategies.flatMap((strategy) => {
  const { name, mode, exact } = strategy;
  return [
    defineStrategy({ name: `${name}, jvp alone`, mode, exact, jvp: flatJvp(strategy) }),
    defineStrategy({ name: `${name}, vjp alone`, mode, exact, vjp: flatVjp(strategy) }),
    defineStrategy({
      name: `${name}, jvp and vjp`,
      mode,
      exact,
      jvp: flatJvp(strategy),
      vjp: flatVjp(strategy),
    }),
  ];
});
