import { flatten, type Numeric, type Strategy, type Tensor } from "@fluxion/core";
import type { Quantity } from "./report.ts";
import type { Subject } from "./subject.ts";

/** Quantities that a strategy computes; `transpose` is made of two of them. */
export type ComputedQuantity = Exclude<Quantity, "transpose">;

/** A quantity of a subject by a strategy, as a flat list of tensors, for inputs that may be traced. */
export type Computation = (inputs: readonly Tensor[]) => readonly Tensor[];

/** Beyond this many input entries the second derivatives of a program are left out. */
const LARGEST_HESSIAN = 8;

/** How each quantity is computed; null where the subject doesn't have it. */
export const computations: { readonly [Q in ComputedQuantity]: (strategy: Strategy, subject: Subject) => Computation | null } = {
  value: (strategy, { f, tangents }) => (xs) => strategy.jvp(f)(xs)(tangents).value,
  jvp: (strategy, { f, tangents }) => (xs) => strategy.jvp(f)(xs)(tangents).tangent,
  vjp: (strategy, { f, cotangents }) => (xs) => strategy.vjp(f)(xs).pullback(cotangents),
  gradient: (strategy, { scalar }) => scalar && ((xs) => strategy.gradient(scalar)(xs)),
  jacobian: (strategy, { f }) => (xs) => leavesOf(strategy.jacobian(f)(xs)),
  hessian: (strategy, subject) => {
    const { scalar } = subject;
    return scalar && inputEntries(subject) <= LARGEST_HESSIAN ? (xs) => leavesOf(strategy.hessian(scalar)(xs)) : null;
  },
  hvp: (strategy, subject) => {
    const { scalar, tangents } = subject;
    return scalar && inputEntries(subject) <= LARGEST_HESSIAN ? (xs) => strategy.hvp(scalar)(xs)(tangents) : null;
  },
};

export function inputEntries({ inputs }: Subject): number {
  return inputs.reduce((total, x) => total + x.size, 0);
}

export function leavesOf(tree: unknown): readonly Tensor[] {
  const leaves: Numeric[] = [];
  flatten("cross-check", tree, leaves);
  return leaves as Tensor[];
}
