import type { Numeric } from "../tensor/numeric.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { EntryEstimate, EstimateFunction } from "./estimate.ts";
import type {
  Argument,
  Check,
  CheckOptions,
  CheckResult,
  CheckScalar,
  Inputs,
  Jacobian,
  Mirror,
  Options,
  OrWithAux,
  Result,
  Selected,
  Values,
  WithAux,
} from "./types.ts";

export type StrategyMode = "forward" | "reverse" | "symbolic" | "numeric";

/** f with its scalar result, as gradient, derivative, hessian and hvp take it. */
type ScalarFunction<P extends readonly unknown[], R, O> = ((...args: P) => R) &
  Check<Selected<P, O>> &
  CheckScalar<R, O>;

type AnyFunctionOf<P extends readonly unknown[], R, O> = ((...args: P) => R) &
  Check<Selected<P, O>> &
  CheckResult<R, O>;

/**
 * A way to differentiate: every differentiation operator, called as `gradient(f, options)(x, ...constants)`.
 *
 * The first argument is differentiated unless `options.argument` or `options.arguments` says otherwise. Results mirror
 * the arguments: a number for a number, a tensor for a tensor or Float64Array, a tree for a tree; they share no storage
 * with arguments or captured tensors. Layout: outer axes are the numerator's, inner axes the denominator's.
 *
 * Every operator throws `NOT_SCALAR`, `TREE`, `ASYNC`, `ESCAPED`, `UNSUPPORTED` where its name says so.
 */
export interface Strategy<Extra extends object = object, Entry extends EntryEstimate = EntryEstimate> {
  readonly name: string;
  readonly mode: StrategyMode;
  /** False for a strategy whose numbers come with an error estimate. */
  readonly exact: boolean;

  /** df/dt for scalar t and scalar f. */
  derivative<
    P extends readonly unknown[] = [Tensor],
    const R = Numeric,
    const O extends Options & Extra = Options & Extra,
  >(
    f: ScalarFunction<P, R, O> & CheckOptions<O, Extra>,
    options?: O,
  ): <A extends Inputs<P>>(...args: A) => OrWithAux<"derivative", Mirror<Selected<A, O>>, R, O>;

  /** ∂z/∂x for scalar z, in the shape of x. */
  gradient<
    P extends readonly unknown[] = [Tensor],
    const R = Numeric,
    const O extends Options & Extra = Options & Extra,
  >(
    f: ScalarFunction<P, R, O> & CheckOptions<O, Extra>,
    options?: O,
  ): <A extends Inputs<P>>(...args: A) => OrWithAux<"gradient", Mirror<Selected<A, O>>, R, O>;

  /** ∂y/∂x of shape `[...shape(y), ...shape(x)]`: y's structure outside, x's inside. */
  jacobian<
    P extends readonly unknown[] = [Tensor],
    const R = unknown,
    const O extends Options & Extra = Options & Extra,
  >(
    f: AnyFunctionOf<P, R, O> & CheckOptions<O, Extra>,
    options?: O,
  ): <A extends Inputs<P>>(...args: A) => OrWithAux<"jacobian", Jacobian<Result<R, O>, Selected<A, O>>, R, O>;

  /** ∂²z/∂x² of shape `[...shape(x), ...shape(x)]` for scalar z. */
  hessian<
    P extends readonly unknown[] = [Tensor],
    const R = Numeric,
    const O extends Options & Extra = Options & Extra,
  >(
    f: ScalarFunction<P, R, O> & CheckOptions<O, Extra>,
    options?: O,
  ): <A extends Inputs<P>>(
    ...args: A
  ) => OrWithAux<"hessian", Jacobian<Selected<A, O>, Selected<A, O>>, R, O>;

  /** The value and the directional derivative J·dx. */
  jvp<
    P extends readonly unknown[] = [Tensor],
    const R = unknown,
    const O extends Options & Extra = Options & Extra,
  >(
    f: AnyFunctionOf<P, R, O> & CheckOptions<O, Extra>,
    options?: O,
  ): <A extends Inputs<P>>(
    ...args: A
  ) => (
    tangent: Argument<Selected<P, O>>,
  ) => WithAux<{ readonly value: Values<Result<R, O>>; readonly tangent: Values<Result<R, O>> }, R, O>;

  /**
   * The value and the pullback dy ↦ dy·J, which may be called as often as wanted. Arrays among the arguments, and
   * those that f captures, are copied, so that writing into them afterwards changes nothing.
   */
  vjp<
    P extends readonly unknown[] = [Tensor],
    const R = unknown,
    const O extends Options & Extra = Options & Extra,
  >(
    f: AnyFunctionOf<P, R, O> & CheckOptions<O, Extra>,
    options?: O,
  ): <A extends Inputs<P>>(
    ...args: A
  ) => WithAux<
    {
      readonly value: Values<Result<R, O>>;
      readonly pullback: (cotangent: Argument<Result<R, O>>) => Mirror<Selected<A, O>>;
    },
    R,
    O
  >;

  /** The Hessian-vector product H·v of a scalar f, without forming H. */
  hvp<
    P extends readonly unknown[] = [Tensor],
    const R = Numeric,
    const O extends Options & Extra = Options & Extra,
  >(
    f: ScalarFunction<P, R, O> & CheckOptions<O, Extra>,
    options?: O,
  ): <A extends Inputs<P>>(
    ...args: A
  ) => (v: Argument<Selected<P, O>>) => OrWithAux<"product", Mirror<Selected<A, O>>, R, O>;

  /** The value and the derivative from one pass. */
  valueAndDerivative<
    P extends readonly unknown[] = [Tensor],
    const R = Numeric,
    const O extends Options & Extra = Options & Extra,
  >(
    f: ScalarFunction<P, R, O> & CheckOptions<O, Extra>,
    options?: O,
  ): <A extends Inputs<P>>(
    ...args: A
  ) => WithAux<{ readonly value: Tensor; readonly derivative: Mirror<Selected<A, O>> }, R, O>;

  /** The value and the gradient from one pass. */
  valueAndGradient<
    P extends readonly unknown[] = [Tensor],
    const R = Numeric,
    const O extends Options & Extra = Options & Extra,
  >(
    f: ScalarFunction<P, R, O> & CheckOptions<O, Extra>,
    options?: O,
  ): <A extends Inputs<P>>(
    ...args: A
  ) => WithAux<{ readonly value: Tensor; readonly gradient: Mirror<Selected<A, O>> }, R, O>;

  /** The value and the Jacobian from one pass. */
  valueAndJacobian<
    P extends readonly unknown[] = [Tensor],
    const R = unknown,
    const O extends Options & Extra = Options & Extra,
  >(
    f: AnyFunctionOf<P, R, O> & CheckOptions<O, Extra>,
    options?: O,
  ): <A extends Inputs<P>>(
    ...args: A
  ) => WithAux<
    { readonly value: Values<Result<R, O>>; readonly jacobian: Jacobian<Result<R, O>, Selected<A, O>> },
    R,
    O
  >;

  /** The value, the gradient and the Hessian from one pass. */
  valueGradientAndHessian<
    P extends readonly unknown[] = [Tensor],
    const R = Numeric,
    const O extends Options & Extra = Options & Extra,
  >(
    f: ScalarFunction<P, R, O> & CheckOptions<O, Extra>,
    options?: O,
  ): <A extends Inputs<P>>(
    ...args: A
  ) => WithAux<
    {
      readonly value: Tensor;
      readonly gradient: Mirror<Selected<A, O>>;
      readonly hessian: Jacobian<Selected<A, O>, Selected<A, O>>;
    },
    R,
    O
  >;

  /** Results with an error bound for every number; only strategies that are not exact have it. */
  readonly estimate?: EstimateFunction<Extra, Entry>;
}
