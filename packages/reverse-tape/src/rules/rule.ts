import type { Attributes, Inputs, OperatorName, Shape, Tensor } from "@fluxion/core";

/** Which primal values a rule reads; the tape keeps no others. */
export type Keeps = "nothing" | "inputs" | "output" | "both";

/** What the tape kept for the sweep: the primal values that the rule asked for, all shapes, the attributes. */
export interface Residuals<N extends OperatorName, K extends Keeps> {
  readonly inputs: K extends "inputs" | "both" ? Inputs<N> : null;
  readonly output: K extends "output" | "both" ? Tensor : null;
  readonly shapes: readonly Shape[];
  readonly attributes: Attributes<N>;
}

type PerOperand<Operands extends readonly unknown[], Pullback> = { readonly [I in keyof Operands]: Pullback };

/** The cotangent of one operand from the cotangent g of the output; null where the derivative is zero everywhere. */
type Pullbacks<N extends OperatorName, K extends Keeps> = number extends Inputs<N>["length"]
  ? (g: Tensor, residuals: Residuals<N, K>, position: number) => Tensor
  : PerOperand<Inputs<N>, ((g: Tensor, residuals: Residuals<N, K>) => Tensor) | null>;

/** How cotangents pass back through an operator. An operand that broadcast gets its cotangent summed by the tape. */
export type VjpRule<N extends OperatorName> = {
  readonly [K in Keeps]: { readonly keeps: K; readonly pullback: Pullbacks<N, K> };
}[Keeps];

/** One rule for every operator: leaving one out doesn't compile. */
export type VjpRules<Names extends OperatorName = OperatorName> = { readonly [N in Names]: VjpRule<N> };
