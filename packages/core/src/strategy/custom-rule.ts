import { highestInterpreter } from "../dispatch/invoke.ts";
import { asTensor, type Numeric } from "../tensor/numeric.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A function of tensors with derivative rules of its own; `null` where no rule was given. */
export interface CustomRule {
  readonly name: string;
  readonly f: (inputs: readonly Tensor[]) => Tensor;
  readonly jvp: ((inputs: readonly Tensor[], tangents: readonly Tensor[]) => Tensor) | null;
  readonly vjp: ((cotangent: Tensor, inputs: readonly Tensor[], output: Tensor) => readonly Tensor[]) | null;
  /** What a strategy does whose rule is missing: refuse with `UNSUPPORTED`, or differentiate f itself. */
  readonly otherwise: "refuse" | "differentiate";
}

/** The rules a user gives; each is written with operators, so that it can be differentiated again. */
export interface CustomRules<Args extends readonly Numeric[]> {
  /** The tangent of the result, for the arguments and their tangents (zeros where an argument is constant). */
  readonly jvp?: (inputs: { readonly [I in keyof Args]: Tensor }, tangents: { readonly [I in keyof Args]: Tensor }) => Numeric;
  /** The cotangents of the arguments, for the cotangent of the result, the arguments and the result. */
  readonly vjp?: (cotangent: Tensor, inputs: { readonly [I in keyof Args]: Tensor }, output: Tensor) => readonly Numeric[];
}

/** Applies a function with rules: the highest level among the inputs interprets it; concretely it is just f. */
export function applyCustomRule(rule: CustomRule, inputs: readonly Tensor[]): Tensor {
  const interpreter = highestInterpreter(inputs);
  return interpreter === null ? rule.f(inputs) : interpreter.applyCustom(rule, inputs);
}

/**
 * f with derivative rules of your own: forward mode uses `jvp`, reverse mode `vjp`, symbolic traces whichever is given;
 * a strategy whose rule is missing throws `UNSUPPORTED` and names it. numeric-fd sees only values and ignores both.
 * f and the rules must not capture traced values: pass everything that is differentiated as an argument.
 *
 * @example
 * import { customRule, log1p, exp, mul, sigmoid, type Tensor } from "@fluxion/core";
 * const softplus = customRule((x: Tensor) => log1p(exp(x)), {
 *   jvp: ([x], [dx]) => mul(sigmoid(x), dx),
 *   vjp: (cotangent, [x]) => [mul(sigmoid(x), cotangent)],
 * });
 * softplus(0).item(); // => 0.6931471805599453
 */
export function customRule<P extends readonly Tensor[]>(
  f: (...args: P) => Numeric,
  rules: CustomRules<P>,
): (...args: { readonly [I in keyof P]: Numeric }) => Tensor {
  const { jvp, vjp } = rules;
  const rule: CustomRule = {
    name: f.name === "" ? "an unnamed function" : f.name,
    f: (inputs) => asTensor(f(...(inputs as unknown as P))),
    jvp: jvp ? (inputs, tangents) => asTensor(jvp(inputs as never, tangents as never)) : null,
    vjp: vjp ? (cotangent, inputs, output) => vjp(cotangent, inputs as never, output).map(asTensor) : null,
    otherwise: "refuse",
  };
  return (...args) => applyCustomRule(rule, args.map(asTensor));
}
