import type { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tree/tree.ts";
import type { Options } from "./types.ts";

/** The differentiation operators that give an estimate. */
export type EstimatedOperator = "derivative" | "gradient" | "jacobian" | "hessian" | "jvp" | "vjp" | "hvp";

/** What is known of one entry of an estimate; a strategy leaves out what it cannot say. */
export interface EntryEstimate {
  /** The derivative; NaN where no number can be given. */
  readonly value: number;
  /** A bound on |value - derivative|; infinite where none can be given. */
  readonly error: number;
  /** "ok", or the strategy's own word for what it met at this entry. */
  readonly status: string;
  /** The step of the finest difference that the value is made of. */
  readonly step?: number;
  /** The accuracy order: the error shrinks as step^order. */
  readonly order?: number;
  /** Where f was evaluated: on both sides of the entry, or on one. */
  readonly side?: string;
}

/** A derivative with what is known of its error, mirrored in structure. */
export interface Estimate<Entry extends EntryEstimate = EntryEstimate> {
  /** As the operator itself would return it; NaN where no number can be given. */
  readonly value: number | Tree<Tensor> | Tree<number | Tensor>;
  /** A bound on |value - derivative|, entry by entry; infinite where none can be given. */
  readonly error: number | Tree<Tensor> | Tree<number | Tensor>;
  /** "ok", or the most serious of the strategy's own words for what it met. */
  readonly status: string;
  /** The points at which f was evaluated. */
  readonly evaluations: number;
  /** The calls in which it was, where f takes many points at once. */
  readonly batches?: number;
  /**
   * The figures of every entry, mirrored like `value`, a tensor as nested arrays like its `toArray()`: `details[1].status`
   * belongs to entry 1 of a gradient, `details[i][j]` to an entry of a Jacobian, `details.W[0]` to one of a tree. They are
   * put together when they are first read.
   */
  readonly details?: Tree<Entry>;
}

/**
 * `estimate(operator, f, options)(...args)`. For jvp, vjp and hvp the last argument is the tangent, the cotangent or the
 * vector.
 */
export type EstimateFunction<Extra extends object, Entry extends EntryEstimate = EntryEstimate> = (
  operator: EstimatedOperator,
  f: (...args: never) => unknown,
  options?: Options & Extra,
) => (...args: readonly unknown[]) => Estimate<Entry>;
