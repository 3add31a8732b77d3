import type { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tree/tree.ts";
import type { Options } from "./types.ts";

/** The differentiation operators that give an estimate. */
export type EstimatedOperator = "derivative" | "gradient" | "jacobian" | "hessian" | "jvp" | "vjp" | "hvp";

/** A derivative with what is known of its error, mirrored in structure. */
export interface Estimate {
  /** As the operator itself would return it; NaN where no number can be given. */
  readonly value: number | Tree<Tensor> | Tree<number | Tensor>;
  /** A bound on |value - derivative|, entry by entry; infinite where none can be given. */
  readonly error: number | Tree<Tensor> | Tree<number | Tensor>;
  /** "ok", or the most serious of the strategy's own words for what it met. */
  readonly status: string;
  /** Calls of f. */
  readonly evaluations: number;
}

/**
 * `estimate(operator, f, options)(...args)`. For jvp, vjp and hvp the last argument is the tangent, the cotangent or the
 * vector.
 */
export type EstimateFunction<Extra extends object> = (
  operator: EstimatedOperator,
  f: (...args: never) => unknown,
  options?: Options & Extra,
) => (...args: readonly unknown[]) => Estimate;
