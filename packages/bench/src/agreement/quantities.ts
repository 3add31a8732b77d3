import { flatten, type Numeric, type Strategy, type Tensor } from "@fluxion/core";
import type { Quantity } from "./report.ts";
import type { Subject } from "./subject.ts";

/** Quantities that a strategy computes; `transpose` is made of two of them. */
export type ComputedQuantity = Exclude<Quantity, "transpose">;

/** A quantity of a subject by a strategy, as a flat list of tensors; what the subject is made of may be traced. */
export type Computation = (strategy: Strategy, subject: Subject) => readonly Tensor[];

/** Beyond this many input entries the second derivatives of a program are left out. */
const LARGEST_HESSIAN = 8;

/** How each quantity is computed. */
export const computations: { readonly [Q in ComputedQuantity]: Computation } = {
  value: (strategy, { f, inputs, tangents }) => strategy.jvp(f)(inputs)(tangents).value,
  jvp: (strategy, { f, inputs, tangents }) => strategy.jvp(f)(inputs)(tangents).tangent,
  vjp: (strategy, { f, inputs, cotangents }) => {
    const { pullback } = strategy.vjp(f)(inputs);
    // A pullback may be called as often as wanted: the second call counts.
    pullback(cotangents);
    return pullback(cotangents);
  },
  derivative: (strategy, { scalar, inputs }) => [
    strategy.derivative((t: Tensor) => scalar!([t]))(inputs[0]!),
  ],
  gradient: (strategy, { scalar, inputs }) => strategy.gradient(scalar!)(inputs),
  jacobian: (strategy, { f, inputs }) => leavesOf(strategy.jacobian(f)(inputs)),
  hessian: (strategy, { scalar, inputs }) => leavesOf(strategy.hessian(scalar!)(inputs)),
  hvp: (strategy, { scalar, inputs, tangents }) => strategy.hvp(scalar!)(inputs)(tangents),
};

/** Whether the subject has the quantity: a scalar where one is needed, few enough inputs and no kink for two orders. */
export function has(subject: Subject, quantity: ComputedQuantity): boolean {
  if (quantity === "derivative")
    return subject.scalar !== null && subject.inputs.length === 1 && subject.inputs[0]!.rank === 0;
  if (quantity === "gradient") return subject.scalar !== null;
  return (
    (quantity !== "hessian" && quantity !== "hvp") || (subject.scalar !== null && hasSecondOrder(subject))
  );
}

function hasSecondOrder(subject: Subject): boolean {
  return subject.smooth && inputEntries(subject) <= LARGEST_HESSIAN;
}

export function inputEntries({ inputs }: Subject): number {
  return inputs.reduce((total, x) => total + x.size, 0);
}

export function leavesOf(tree: unknown): readonly Tensor[] {
  const leaves: Numeric[] = [];
  flatten("cross-check", tree, leaves);
  return leaves as Tensor[];
}
