import { type CustomRule, FluxionError, sameShape, type Tensor } from "@fluxion/core";
import { CONSTANT, type Residuals } from "./tape.ts";

/** Hands the cotangents of the operands that want one to `give`. */
export type Pullback = (g: Tensor, residuals: Residuals, parents: readonly number[], give: (parent: number, position: number, cotangent: Tensor) => void) => void;

type OperandPullback = (g: Tensor, residuals: Residuals) => Tensor;
type VariadicPullback = (g: Tensor, residuals: Residuals, position: number) => Tensor;

/** A rule of the table, called for no operand that is constant. */
export function pullbackOf(rule: unknown): Pullback {
  if (typeof rule === "function") {
    const pullback = rule as VariadicPullback;
    return (g, residuals, parents, give) => {
      for (let i = 0; i < parents.length; i++) if (parents[i] !== CONSTANT) give(parents[i]!, i, pullback(g, residuals, i));
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
    const cotangents = vjp(g, inputs!, output!);
    if (cotangents.length !== shapes.length)
      throw new FluxionError("ARGUMENT", `reverse-tape: the vjp rule of "${name}" returned ${cotangents.length} cotangents for ${shapes.length} arguments. Return one for each.`);
    cotangents.forEach((cotangent, i) => {
      if (!sameShape(cotangent.shape, shapes[i]!))
        throw new FluxionError(
          "SHAPE_MISMATCH",
          `reverse-tape: the vjp rule of "${name}" returned a cotangent of shape [${cotangent.shape.join(",")}] for argument ${i} of shape [${shapes[i]!.join(",")}]. Return the argument's shape.`,
        );
      if (parents[i] !== CONSTANT) give(parents[i]!, i, cotangent);
    });
  };
}
