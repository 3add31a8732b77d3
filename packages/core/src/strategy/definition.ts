import type { Tensor } from "../tensor/tensor.ts";
import type { EntryEstimate, EstimatedOperator } from "./estimate.ts";
import type { StrategyMode } from "./strategy.ts";
import type { Options } from "./types.ts";

/** A function of a flat list of tensors: core has taken the trees, the constants and `aux` away. */
export type FlatFunction = (inputs: readonly Tensor[]) => readonly Tensor[];

/** Tangents of inputs or outputs; null stands for exact zeros and costs nothing. */
export type Tangents = readonly (Tensor | null)[];

export interface FlatJvp {
  readonly values: readonly Tensor[];
  readonly tangents: Tangents;
}

export interface FlatVjp {
  readonly values: readonly Tensor[];
  /** Cotangents of the outputs (null: zeros) to cotangents of the inputs (null: zeros). */
  readonly pullback: (cotangents: Tangents) => Tangents;
}

/** The derivative of a scalar function (one output of shape []). */
export interface FlatGradient {
  readonly value: Tensor;
  readonly gradient: Tangents;
}

/** `jacobian[output][input]` of shape `[...shape(output), ...shape(input)]`. */
export interface FlatJacobian {
  readonly values: readonly Tensor[];
  readonly jacobian: readonly (readonly Tensor[])[];
}

export interface FlatHessian {
  readonly value: Tensor;
  readonly gradient: Tangents;
  readonly hessian: readonly (readonly Tensor[])[];
}

/** Everything a strategy computes, on flat lists of tensors. */
export interface Products<Extra extends object = object> {
  jvp(f: FlatFunction, inputs: readonly Tensor[], tangents: Tangents, options: Options & Extra): FlatJvp;
  vjp(f: FlatFunction, inputs: readonly Tensor[], options: Options & Extra): FlatVjp;
  gradient(f: FlatFunction, inputs: readonly Tensor[], options: Options & Extra): FlatGradient;
  jacobian(f: FlatFunction, inputs: readonly Tensor[], options: Options & Extra): FlatJacobian;
  hessian(f: FlatFunction, inputs: readonly Tensor[], options: Options & Extra): FlatHessian;
  hvp(f: FlatFunction, inputs: readonly Tensor[], vector: Tangents, options: Options & Extra): Tangents;
}

/** What a strategy that is not exact is asked for: one operator, at one point. */
export interface EstimateRequest<Extra extends object> {
  readonly operator: EstimatedOperator;
  readonly f: FlatFunction;
  readonly inputs: readonly Tensor[];
  /** The tangents (jvp), cotangents (vjp) or vector (hvp); empty for the others. */
  readonly directions: Tangents;
  readonly options: Options & Extra;
}

/** `[output][input]` for jacobian, `[input][input]` for hessian, one row for gradient, vjp, hvp, one column for jvp. */
export interface FlatEstimate<Entry extends EntryEstimate = EntryEstimate> {
  readonly results: readonly (readonly Tensor[])[];
  readonly errors: readonly (readonly Tensor[])[];
  readonly status: string;
  readonly evaluations: number;
  /** The calls of f, where one call may take many points. */
  readonly batches?: number;
  /** The figures of the entries of each of those tensors, row-major; called when they are first read. */
  readonly details?: () => readonly (readonly (readonly Entry[])[])[];
}

/**
 * What `defineStrategy` needs: `jvp` or `vjp` (or both), and whatever else the strategy does better than what core
 * derives from them.
 */
export interface StrategyDefinition<
  Extra extends object = object,
  Entry extends EntryEstimate = EntryEstimate,
> extends Partial<Products<Extra>> {
  readonly name: string;
  readonly mode: StrategyMode;
  readonly exact: boolean;
  /** The names of the options that the strategy takes beside core's; all others are refused. */
  readonly options?: readonly (keyof Extra & string)[];
  /** Required when `exact` is false. */
  readonly estimate?: (request: EstimateRequest<Extra>) => FlatEstimate<Entry>;
}
