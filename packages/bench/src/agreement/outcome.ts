import {
  FluxionError,
  type EstimatedOperator,
  type Strategy,
  type Tensor,
  asTensor,
  flatten,
  type Numeric,
} from "@fluxion/core";
import { type Computation, computations, type ComputedQuantity, has, inputEntries } from "./quantities.ts";
import { roundingSpread } from "./rounding.ts";
import type { Subject } from "./subject.ts";

/** What one strategy says about one quantity. */
export type Outcome = Numbers | Failure | Abstention;

export interface Numbers {
  readonly kind: "numbers";
  readonly strategy: string;
  readonly exact: boolean;
  readonly leaves: readonly Tensor[];
  /** Error bounds, entry by entry; more effort gives a better estimate of rounding, at a price. */
  readonly bounds: (effort: Effort) => readonly Float64Array[];
}

export interface Failure {
  readonly kind: "failure";
  readonly strategy: string;
  readonly error: unknown;
}

export interface Abstention {
  readonly kind: "abstention";
  readonly strategy: string;
  readonly reason: string;
}

/** 0: no estimate of rounding; then the samples of Monte Carlo arithmetic. */
export const efforts = [0, 3, 24] as const;
export type Effort = (typeof efforts)[number];

/** Ten times the spread that random rounding shows. */
const SAFETY = 10;

/** Beyond this many input entries finite differences of second order cost more than they tell. */
const LARGEST_NUMERIC_HESSIAN = 3;

/** The quantity by the strategy; null where the subject doesn't have it, or the strategy isn't asked for it. */
export function outcomeOf(strategy: Strategy, quantity: ComputedQuantity, subject: Subject): Outcome | null {
  if (!has(subject, quantity)) return null;
  try {
    if (strategy.exact) return exactNumbers(strategy, computations[quantity], subject);
    return quantity === "value" ? null : estimatedNumbers(strategy, quantity, subject);
  } catch (error) {
    if (mayAbstain(error, subject))
      return { kind: "abstention", strategy: strategy.name, reason: error.message };
    return { kind: "failure", strategy: strategy.name, error };
  }
}

/** It has no rule, or f reads numbers where the strategy has none: f has branches, and needn't be traceable. */
function mayAbstain(error: unknown, { traceable }: Subject): error is FluxionError {
  return (
    error instanceof FluxionError &&
    (error.code === "UNSUPPORTED" || (error.code === "NOT_CONCRETE" && !traceable))
  );
}

export function exactNumbers(strategy: Strategy, compute: Computation, subject: Subject): Numbers {
  const leaves = compute(strategy, subject);
  const known = new Map<Effort, readonly Float64Array[]>([
    [0, leaves.map((leaf) => new Float64Array(leaf.size))],
  ]);
  const bounds = (effort: Effort): readonly Float64Array[] => {
    let found = known.get(effort);
    if (!found)
      known.set(
        effort,
        (found = roundingSpread((disturbed) => compute(strategy, disturbed), subject, leaves, effort).map(
          (widths) => widths.map((width) => SAFETY * width),
        )),
      );
    return found;
  };
  return { kind: "numbers", strategy: strategy.name, exact: true, leaves, bounds };
}

function estimatedNumbers(
  strategy: Strategy,
  quantity: Exclude<ComputedQuantity, "value">,
  subject: Subject,
): Outcome | null {
  if (!subject.smooth)
    return {
      kind: "abstention",
      strategy: strategy.name,
      reason: "the program is at a kink, where there is nothing to measure",
    };
  if (subject.hidden)
    return {
      kind: "abstention",
      strategy: strategy.name,
      reason: "it sees values only, and the program stops gradients or has rules of its own",
    };
  const asked = estimateCall(quantity, subject);
  if (asked === null) return null;
  const [f, ...args] = asked;
  const estimate = strategy.estimate!(quantity, f as (...args: never) => unknown)(...args);
  const leaves = tensorsOf(estimate.value);
  const errors = tensorsOf(estimate.error).map((leaf) => Float64Array.from(leaf.data));
  return { kind: "numbers", strategy: strategy.name, exact: false, leaves, bounds: () => errors };
}

/**
 * The function and arguments for `estimate`; null where finite differences aren't asked. They cost a hundred times what
 * the others cost, so gradient or Jacobian are asked of every program, the others of every second or fourth.
 */
function estimateCall(
  quantity: EstimatedOperator,
  subject: Subject,
): readonly [f: unknown, ...args: unknown[]] | null {
  const { f, scalar, inputs, tangents, cotangents, directionSeed } = subject;
  const every = (n: number): boolean => directionSeed % n === 0;
  switch (quantity) {
    case "jvp":
      return every(4) ? [f, inputs, tangents] : null;
    case "vjp":
      return scalar === null && every(4) ? [f, inputs, cotangents] : null;
    case "jacobian":
      return scalar === null ? [f, inputs] : null;
    case "hessian":
      return inputEntries(subject) <= LARGEST_NUMERIC_HESSIAN ? [scalar, inputs] : null;
    case "derivative":
      return [(t: Tensor) => scalar!([t]), inputs[0]!];
    case "hvp":
      return every(2) ? [scalar, inputs, tangents] : null;
    default:
      return [scalar, inputs];
  }
}

function tensorsOf(tree: unknown): readonly Tensor[] {
  const leaves: Numeric[] = [];
  flatten("estimate", tree, leaves);
  return leaves.map(asTensor);
}
