import { type AnyOperator, type Attributes, FluxionError, type OperatorName } from "@fluxion/core";
import type { ComplexArray } from "../array.ts";

/** The operator, with its attributes, as core defines it on real numbers. */
export interface Application<A extends object = object> {
  readonly operator: AnyOperator;
  readonly attributes: A;
}

/**
 * The roundings that a result carries, for the estimate of their effect: none where numbers only move; the last digits of
 * the result; and, where parts add up inside that may cancel, as if the operands had not been known exactly: of two
 * products ("terms"), or of an algorithm of many steps ("steps"). An exponent is known: a whole one makes another function
 * of its base than its neighbours do ("base").
 */
export type Rounding = "exact" | "result" | "terms" | "base" | "steps";

/** An operator on complex numbers. */
export interface ComplexEvaluation<A extends object = object> {
  readonly evaluate: (inputs: readonly ComplexArray[], application: Application<A>) => ComplexArray;
  readonly rounding: Rounding;
}

/** Why an operator has no meaning on complex numbers. */
export interface NotAnalytic {
  readonly reason: string;
}

/** An evaluation, or the reason why there is none, for every operator of core. */
export type ComplexEvaluations = {
  readonly [N in OperatorName]: ComplexEvaluation<Attributes<N>> | NotAnalytic;
};

/** The error for an operator that is not analytic, or not as it is used. */
export function refused(name: OperatorName, reason: string): FluxionError {
  return new FluxionError(
    "UNSUPPORTED",
    `numericFd, method "complexStep": f applies ${name}, which ${reason}: it is not an analytic function, and has no complex values. ` +
      'Use the default method, "adaptive", which needs real values only, or write f without it (control flow may read primal(x)).',
  );
}
