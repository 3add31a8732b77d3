import { highestInterpreter } from "../dispatch/invoke.ts";
import { FluxionError } from "../errors.ts";
import { found } from "../tensor/found.ts";
import { asTensor, type Numeric } from "../tensor/numeric.ts";
import { readOptions } from "../tensor/options.ts";
import { formatShape, sameShape, type Shape } from "../tensor/shape.ts";
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
  readonly jvp?: (
    inputs: { readonly [I in keyof Args]: Tensor },
    tangents: { readonly [I in keyof Args]: Tensor },
  ) => Numeric;
  /** The cotangents of the arguments, for the cotangent of the result, the arguments and the result. */
  readonly vjp?: (
    cotangent: Tensor,
    inputs: { readonly [I in keyof Args]: Tensor },
    output: Tensor,
  ) => readonly Numeric[];
}

/** Applies a function with rules: the highest level among the inputs interprets it; concretely it is just f. */
export function applyCustomRule(rule: CustomRule, inputs: readonly Tensor[]): Tensor {
  const interpreter = highestInterpreter(inputs);
  return interpreter === null ? rule.f(inputs) : interpreter.applyCustom(rule, inputs);
}

/**
 * f with derivative rules of your own: forward mode uses `jvp`, reverse mode `vjp`, symbolic traces whichever is given;
 * a strategy whose rule is missing throws `UNSUPPORTED` and names it. numeric-fd sees only values and ignores both.
 * f and the rules must not capture traced values: pass everything that is differentiated as an argument. The two rules
 * belong to one derivative: rules that contradict each other or f give results that differ from strategy to strategy.
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
  checkCustomRule(f, rules);
  const { jvp, vjp } = rules;
  const rule: CustomRule = {
    name: f.name === "" ? "an unnamed function" : f.name,
    f: (inputs) => asTensor(f(...(inputs as unknown as P))),
    jvp: jvp ? (inputs, tangents) => asTensor(jvp(inputs as never, tangents as never)) : null,
    vjp: vjp
      ? (cotangent, inputs, output) => asCotangents(f.name, vjp(cotangent, inputs as never, output))
      : null,
    otherwise: "refuse",
  };
  return (...args) => applyCustomRule(rule, args.map(asTensor));
}

/** Throws `ARGUMENT` unless f is a function and the rules are an object of functions. */
function checkCustomRule(f: unknown, rules: unknown): void {
  if (typeof f !== "function")
    throw new FluxionError(
      "ARGUMENT",
      `customRule takes a function of tensors, found ${found(f)}. Write customRule(f, { jvp, vjp }).`,
    );
  readOptions("customRule", rules as object, "jvp", "vjp");
  for (const [name, rule] of Object.entries(rules as object) as [string, unknown][])
    if (rule !== undefined && typeof rule !== "function")
      throw new FluxionError(
        "ARGUMENT",
        `customRule: the rule ${name} is a function, found ${found(rule)}. Leave out a rule that doesn't exist.`,
      );
}

function asCotangents(name: string, returned: unknown): readonly Tensor[] {
  if (!Array.isArray(returned))
    throw new FluxionError(
      "ARGUMENT",
      `the vjp rule of "${name}" must return an array with one cotangent for each argument; found ${found(returned)}. Write [cotangent].`,
    );
  return Array.from(returned as readonly Numeric[], asTensor);
}

/** What a jvp rule returned. Throws `SHAPE_MISMATCH` unless it has the shape of the function's result. */
export function checkTangent(name: string, tangent: Tensor, output: Shape): Tensor {
  if (!sameShape(tangent.shape, output))
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `the jvp rule of "${name}" returned a tangent of shape ${formatShape(tangent.shape)} for a result of shape ${formatShape(output)}. Return the result's shape.`,
    );
  return tangent;
}

/** What a vjp rule returned. Throws `ARGUMENT` unless there is one for each argument, `SHAPE_MISMATCH` unless in its shape. */
export function checkCotangents(
  name: string,
  cotangents: readonly Tensor[],
  inputs: readonly Shape[],
): readonly Tensor[] {
  if (cotangents.length !== inputs.length)
    throw new FluxionError(
      "ARGUMENT",
      `the vjp rule of "${name}" returned ${cotangents.length} cotangents for ${inputs.length} arguments. Return one for each.`,
    );
  cotangents.forEach((cotangent, i) => {
    if (!sameShape(cotangent.shape, inputs[i]!))
      throw new FluxionError(
        "SHAPE_MISMATCH",
        `the vjp rule of "${name}" returned a cotangent of shape ${formatShape(cotangent.shape)} for argument ${i} of shape ${formatShape(inputs[i]!)}. Return the argument's shape.`,
      );
  });
  return cotangents;
}

/** The error for a function with rules, or one of the rules, that reads a value which is being differentiated. */
export function capturedByRule(who: string, name: string): FluxionError {
  return new FluxionError(
    "ARGUMENT",
    `${who}: the function "${name}" given to customRule or checkpoint captures a value that is being differentiated or batched. Pass it as an argument.`,
  );
}
