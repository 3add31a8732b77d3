import type { Attributes, Inputs, OperatorName } from "../operators/operator.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Intervals } from "./interval.ts";

/**
 * What an operand must be beyond entries from intervals: square matrices that are invertible, triangular with a diagonal
 * without zeros (the other triangle isn't read), or symmetric and positive definite.
 */
export type MatrixStructure = "regular" | "triangular" | "positiveDefinite";

/** Where one operand of an operator may lie. */
export interface Operand {
  /** Where each entry may lie for the operator to be defined and differentiable but for its kinks. */
  readonly domain: Intervals;
  /**
   * Bounded intervals to draw entries from, inside the domain: away from its edges and from kinks at fixed places, where
   * values and derivatives are of moderate size. Kinks between operands, or between integers, are for `kinkDistance`.
   */
  readonly sample: Intervals;
  readonly matrix: MatrixStructure | null;
}

/**
 * How the result depends on the operands.
 * - smooth: infinitely differentiable all over the domain
 * - piecewise: smooth but for its kinks
 * - constant: constant but for its jumps
 * - stopped: not constant, but every exact strategy takes it for a constant; finite differences don't
 */
export type Regularity = "smooth" | "piecewise" | "constant" | "stopped";

/** Where an operator is defined and smooth, for whoever generates programs or chooses points to check at. */
export interface Domain<N extends OperatorName> {
  /** One for each operand; the last one stands for all that follow. */
  readonly operands: readonly Operand[];
  readonly regularity: Regularity;
  /** Whether one holomorphic function extends it to complex operands near real ones: what the complex step needs. */
  readonly analytic: boolean;
  /** Where it isn't smooth (kinks, jumps, poles, edges of the domain), in words; null where it is smooth everywhere. */
  readonly kinks: string | null;
  /**
   * How far operands (concrete tensors that fit) are from there: the distance of the nearest entry, for matrices that
   * must be invertible the reciprocal condition number. Infinity when there is nothing to stay away from; 0 on a kink;
   * 0, less or NaN outside the domain.
   */
  readonly kinkDistance: (operands: Inputs<N>, attributes: Attributes<N>) => number;
}

/** Domains of operators by name: leaving one out doesn't compile. */
export type Domains<Names extends OperatorName = OperatorName> = { readonly [N in Names]: Domain<N> };

/** How far a list of operands is from a kink. */
export type KinkDistance<N extends OperatorName> = Domain<N>["kinkDistance"];

/** The same for operators whose attributes don't matter. */
export type PlainDistance = (operands: readonly Tensor[]) => number;

type PlainDomain = Omit<Domain<OperatorName>, "kinkDistance"> & { readonly kinkDistance: PlainDistance };

/** Entries from a domain, and what to draw them from. */
export function entriesIn(domain: Intervals, sample: Intervals): Operand {
  return { domain, sample, matrix: null };
}

/** Smooth and analytic all over its domain. The domain's edges and poles, if any, are at a distance. */
export function smooth(operands: readonly Operand[]): PlainDomain;
export function smooth(operands: readonly Operand[], edges: string, distance: PlainDistance): PlainDomain;
export function smooth(
  operands: readonly Operand[],
  edges: string | null = null,
  distance: PlainDistance = () => Infinity,
): PlainDomain {
  return { operands, regularity: "smooth", analytic: true, kinks: edges, kinkDistance: distance };
}

export function piecewise<Distance>(
  operands: readonly Operand[],
  kinks: string,
  distance: Distance,
  analytic: boolean = false,
): Omit<PlainDomain, "kinkDistance"> & { readonly kinkDistance: Distance } {
  return { operands, regularity: "piecewise", analytic, kinks, kinkDistance: distance };
}

export function constant<Distance>(
  operands: readonly Operand[],
  jumps: string,
  distance: Distance,
): Omit<PlainDomain, "kinkDistance"> & { readonly kinkDistance: Distance } {
  return { operands, regularity: "constant", analytic: false, kinks: jumps, kinkDistance: distance };
}
