import type { Attributes, Inputs, OperatorName, Tensor } from "@fluxion/core";

/** Where an operator was applied: its primal inputs, its primal output and its attributes. */
export interface Point<N extends OperatorName> {
  readonly inputs: Inputs<N>;
  readonly output: Tensor;
  readonly attributes: Attributes<N>;
}

/** The tangent of the output that comes from the tangent of one operand, in the shape of the operand or of the output. */
type OperandRule<N extends OperatorName> = (t: Tensor, point: Point<N>) => Tensor;

type PerOperand<Operands extends readonly unknown[], Rule> = { readonly [I in keyof Operands]: Rule };

/**
 * How tangents pass through an operator: one function for each operand, null where the derivative is zero everywhere;
 * for operators of any number of operands one function of all tangents (null: an exact zero).
 */
export type JvpRule<N extends OperatorName> = number extends Inputs<N>["length"]
  ? (tangents: readonly (Tensor | null)[], point: Point<N>) => Tensor
  : PerOperand<Inputs<N>, OperandRule<N> | null>;

/** One rule for every operator: leaving one out doesn't compile. */
export type JvpRules<Names extends OperatorName = OperatorName> = { readonly [N in Names]: JvpRule<N> };
