import { checkCotangents, type CustomRule, type Tensor } from "@fluxion/core";
import { CONSTANT, type Entry } from "./entry.ts";

/** Hands the cotangents of the operands that want one to `give`. */
export type Pullback = (
  g: Tensor,
  entry: Entry,
  give: (entry: Entry, operand: number, cotangent: Tensor) => void,
) => void;

type OperandPullback = (g: Tensor, residuals: Entry) => Tensor;
type VariadicPullback = (g: Tensor, residuals: Entry, position: number) => Tensor;

/** A rule of the table, called for no operand that is constant. */
export function pullbackOf(rule: unknown): Pullback {
  if (typeof rule === "function") {
    const pullback = rule as VariadicPullback;
    return (g, entry, give) => {
      for (let i = 0; i < entry.parents.length; i++)
        if (entry.parents[i] !== CONSTANT) give(entry, i, pullback(g, entry, i));
    };
  }
  const pullbacks = rule as readonly (OperandPullback | null)[];
  return (g, entry, give) => {
    for (let i = 0; i < pullbacks.length; i++) {
      const pullback = pullbacks[i]!;
      if (pullback !== null && entry.parents[i] !== CONSTANT) give(entry, i, pullback(g, entry));
    }
  };
}

/** The vjp rule that a user gave, its results checked. */
export function customPullback(name: string, vjp: NonNullable<CustomRule["vjp"]>): Pullback {
  return (g, entry, give) => {
    const cotangents = checkCotangents(name, vjp(g, entry.inputs!, entry.output!), entry.shapes);
    cotangents.forEach((cotangent, i) => {
      if (entry.parents[i] !== CONSTANT) give(entry, i, cotangent);
    });
  };
}
