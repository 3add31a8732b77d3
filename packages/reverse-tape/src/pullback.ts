import { checkCotangents, type CustomRule, type Tensor } from "@fluxion/core";
import { CONSTANT, type Residuals } from "./tape.ts";

/** Hands the cotangents of the operands that want one to `give`. */
export type Pullback = (
  g: Tensor,
  residuals: Residuals,
  parents: readonly number[],
  give: (parent: number, position: number, cotangent: Tensor) => void,
) => void;

type OperandPullback = (g: Tensor, residuals: Residuals) => Tensor;
type VariadicPullback = (g: Tensor, residuals: Residuals, position: number) => Tensor;

/** A rule of the table, called for no operand that is constant. */
export function pullbackOf(rule: unknown): Pullback {
  if (typeof rule === "function") {
    const pullback = rule as VariadicPullback;
    return (g, residuals, parents, give) => {
      for (let i = 0; i < parents.length; i++)
        if (parents[i] !== CONSTANT) give(parents[i]!, i, pullback(g, residuals, i));
    };
  }
  const pullbacks = rule as readonly (OperandPullback | null)[];
  return (g, residuals, parents, give) => {
    for (let i = 0; i < pullbacks.length; i++) {
      const pullback = pullbacks[i]!;
      if (pullback !== null && parents[i] !== CONSTANT) give(parents[i]!, i, pullback(g, residuals));
    }
  };
}

/** The vjp rule that a user gave, its results checked. */
export function customPullback(name: string, vjp: NonNullable<CustomRule["vjp"]>): Pullback {
  return (g, { inputs, output, shapes }, parents, give) => {
    const cotangents = checkCotangents(name, vjp(g, inputs!, output!), shapes);
    cotangents.forEach((cotangent, i) => {
      if (parents[i] !== CONSTANT) give(parents[i]!, i, cotangent);
    });
  };
}
