import type { Numeric } from "../tensor/numeric.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tree/tree.ts";

type AnyFunction = (...args: never) => unknown;

/** A parameter of f that can be differentiated: every leaf declared `Tensor` (or `Numeric`), never bare `number`. */
export type Differentiable<X> = [X] extends [Numeric]
  ? Tensor extends X
    ? X
    : never
  : X extends AnyFunction
    ? never
    : X extends object
      ? { readonly [K in keyof X]: Differentiable<X[K]> }
      : never;

/** What a caller may pass where f declares X: any `Numeric` for a leaf. */
export type Argument<X> = X extends Numeric
  ? Numeric
  : X extends AnyFunction
    ? X
    : X extends object
      ? { readonly [K in keyof X]: Argument<X[K]> }
      : X;

/** A derivative mirrors what was passed: number → number, tensor or Float64Array → tensor, tree → tree. */
export type Mirror<A> = A extends number
  ? number
  : A extends Numeric
    ? Tensor
    : A extends object
      ? { -readonly [K in keyof A]: Mirror<A[K]> }
      : never;

/** A result of f with every leaf a tensor; a tree of any structure where f's type doesn't tell which. */
export type Values<Y> = [Y] extends [Numeric]
  ? Tensor
  : Tensor extends Y
    ? Tree<Tensor>
    : Y extends object
      ? { -readonly [K in keyof Y]: Values<Y[K]> }
      : never;

/** y's structure outside, x's inside; every leaf a tensor. */
export type Jacobian<Y, A> = [Y] extends [Numeric]
  ? Values<A>
  : Tensor extends Y
    ? Tree<Tensor>
    : { -readonly [K in keyof Y]: Jacobian<Y[K], A> };

/** Which arguments are differentiated, and whether f returns something beside its result. */
export interface Options {
  /** Position of the differentiated argument; 0 unless given. */
  readonly argument?: number;
  /** Positions of the differentiated arguments; tangents and results are then tuples. */
  readonly arguments?: readonly number[];
  /** f returns `[result, anything]`; the anything comes back as `aux`, undifferentiated. */
  readonly aux?: boolean;
}

export type Inputs<P extends readonly unknown[]> = { readonly [I in keyof P]: Argument<P[I]> };

/** The differentiated part of a list of arguments. */
export type Selected<P extends readonly unknown[], O> = O extends {
  readonly arguments: infer L extends readonly number[];
}
  ? { readonly [I in keyof L]: P[L[I]] }
  : O extends { readonly argument: infer K extends number }
    ? P[K]
    : P[0];

/** Refuses, with a message, an f whose differentiated parameters aren't declared as tensors. */
export type Check<X> = [X] extends [Differentiable<X>]
  ? unknown
  : "every leaf of a differentiated parameter must be declared Tensor or Numeric";

/** A result of f that can be differentiated: a tree of `Numeric`. */
type Differentiated<Y> = Tensor extends Y
  ? Y
  : Y extends Numeric
    ? Y
    : Y extends AnyFunction | PromiseLike<unknown>
      ? never
      : Y extends object
        ? { readonly [K in keyof Y]: Differentiated<Y[K]> }
        : never;

/** Refuses, with a message, an f that returns no tree of tensors. What is declared unknown is left to run time. */
export type CheckResult<R, O> = unknown extends R
  ? unknown
  : O extends { readonly aux: true }
    ? R extends readonly [infer Y, unknown]
      ? CheckTree<Y>
      : "with { aux: true } f must return a pair [result, anything]"
    : CheckTree<R>;
type CheckTree<Y> = [Y] extends [Differentiated<Y>]
  ? unknown
  : "f must return a Tensor, or a tree of Tensors";

/** Refuses, with a message, an f that returns no scalar; a Tensor's shape is left to run time. */
export type CheckScalar<R, O> = O extends { readonly aux: true }
  ? R extends readonly [Numeric, unknown]
    ? unknown
    : "with { aux: true } f must return a pair [scalar, anything]"
  : [R] extends [Numeric]
    ? unknown
    : "f must return a scalar: a Tensor of shape [] or a number";

/** Refuses, with a message, options that don't exist, so also the arguments of f in their place. */
export type CheckOptions<O, Extra> = [Exclude<keyof O, keyof Options | keyof Extra>] extends [never]
  ? unknown
  : "there is no such option; the arguments of f go into the second call, as in gradient(f)(x)";

/** The differentiated result of f: all that it returns, or the first of the pair when `aux` is set. */
export type Result<R, O> = O extends { readonly aux: true }
  ? R extends readonly [infer Y, unknown]
    ? Y
    : never
  : R;

/** A record of results, with `aux` when it was asked for. */
export type WithAux<Fields, R, O> = O extends { readonly aux: true }
  ? Fields & { readonly aux: R extends readonly [unknown, infer Aux] ? Aux : never }
  : Fields;

/** A single result, or `{ [name]: result, aux }` when aux was asked for. */
export type OrWithAux<Name extends string, T, R, O> = O extends { readonly aux: true }
  ? WithAux<{ readonly [K in Name]: T }, R, O>
  : T;
