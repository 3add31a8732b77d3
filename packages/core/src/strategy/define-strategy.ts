import { FluxionError } from "../errors.ts";
import { ones } from "../tensor/create.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkBinding } from "./binding.ts";
import { Call } from "./call.ts";
import { checkBlocks } from "./checks.ts";
import { completeProducts } from "./complete.ts";
import type { Products, StrategyDefinition, Tangents } from "./definition.ts";
import { defineEstimate } from "./define-estimate.ts";
import type { EntryEstimate } from "./estimate.ts";
import type { Strategy } from "./strategy.ts";
import { isPlainObject } from "../tree/tree.ts";
import type { Options } from "./types.ts";

type Operator<Extra extends object> = (
  f: unknown,
  options?: Options & Extra,
) => (...args: readonly unknown[]) => unknown;
type Operators<Extra extends object> = Record<
  "derivative" | "gradient" | "jacobian" | "hessian" | "jvp" | "vjp" | "hvp",
  Operator<Extra>
>;
type Fields = Readonly<Record<string, unknown>>;

/**
 * A strategy from the products that it computes natively: `jvp` or `vjp`, on flat lists of tensors. Core derives every
 * other differentiation operator, takes trees, constants and `aux` apart and puts results together again; any product
 * may be defined too and is then used instead. Throws `ARGUMENT` when neither is given.
 *
 * @example
 * import { defineStrategy, mul, zeros, type Tensor } from "@fluxion/core";
 * const blind = defineStrategy({
 *   name: "blind",
 *   mode: "forward",
 *   exact: true,
 *   jvp: (f, inputs) => {
 *     const values = f(inputs);
 *     return { values, tangents: values.map((value) => zeros(value.shape)) };
 *   },
 * });
 * blind.derivative((x: Tensor) => mul(x, x))(3); // => 0
 */
export function defineStrategy<Extra extends object = object, Entry extends EntryEstimate = EntryEstimate>(
  definition: StrategyDefinition<Extra, Entry>,
): Strategy<Extra, Entry> {
  const products = completeProducts(definition);
  const { derivative, gradient, jacobian, hessian, jvp, vjp, hvp } = checked(
    operators(products, definition.jvp !== undefined),
    definition.options,
  );
  const strategy: Record<keyof Strategy, unknown> = {
    name: definition.name,
    mode: definition.mode,
    exact: definition.exact,
    derivative: only("derivative", derivative),
    gradient: only("gradient", gradient),
    jacobian: only("jacobian", jacobian),
    hessian: only("hessian", hessian),
    jvp,
    vjp,
    hvp,
    valueAndDerivative: derivative,
    valueAndGradient: gradient,
    valueAndJacobian: jacobian,
    valueGradientAndHessian: hessian,
    estimate: undefined,
  };
  if (definition.estimate)
    strategy.estimate = defineEstimate(definition.name, definition.estimate, definition.options);
  else if (!definition.exact)
    throw new FluxionError(
      "ARGUMENT",
      `defineStrategy("${definition.name}"): a strategy with exact: false gives an estimate of its error. Define estimate.`,
    );
  // The implementations are generic over trees at run time; the public types are checked by the type tests.
  return strategy as unknown as Strategy<Extra, Entry>;
}

/** The operators that return a record with everything from one pass. */
function operators<Extra extends object>(products: Products<Extra>, hasJvp: boolean): Operators<Extra> {
  const noOptions = {} as Options & Extra;
  const withAux = (call: Call, options: Options, fields: Fields): Fields =>
    options.aux === true ? { ...fields, aux: call.aux() } : fields;
  return {
    derivative:
      (f, options = noOptions) =>
      (...args) => {
        const call = new Call("derivative", f, options, args, true);
        const [t] = call.inputs;
        checkScalarInput(call.inputs);
        const result = hasJvp
          ? slope(products.jvp(call.f, [t!], [ones([])], options))
          : products.gradient(call.f, [t!], options);
        return withAux(call, options, {
          value: valueOf(call, result.value),
          derivative: call.likeInputs(result.gradient),
        });
      },
    gradient:
      (f, options = noOptions) =>
      (...args) => {
        const call = new Call("gradient", f, options, args, true);
        const { value, gradient } = products.gradient(call.f, call.inputs, options);
        return withAux(call, options, { value: valueOf(call, value), gradient: call.likeInputs(gradient) });
      },
    jacobian:
      (f, options = noOptions) =>
      (...args) => {
        const call = new Call("jacobian", f, options, args, false);
        const { values, jacobian } = products.jacobian(call.jacobianFunction(), call.inputs, options);
        return withAux(call, options, {
          value: call.likeOutputs(values, values),
          jacobian: call.jacobian(jacobian),
        });
      },
    hessian:
      (f, options = noOptions) =>
      (...args) => {
        const call = new Call("hessian", f, options, args, true);
        checkBlocks("hessian", call.inputs, call.inputs);
        const { value, gradient, hessian } = products.hessian(call.f, call.inputs, options);
        return withAux(call, options, {
          value: valueOf(call, value),
          gradient: call.likeInputs(gradient),
          hessian: call.hessian(hessian),
        });
      },
    jvp:
      (f, options = noOptions) =>
      (...args) => {
        const call = new Call("jvp", f, options, ownedAll(args), false);
        return (tangent: unknown) => {
          const { values, tangents } = products.jvp(
            call.f,
            call.inputs,
            call.tangentsOfInputs(tangent),
            options,
          );
          return withAux(call, options, {
            value: call.likeOutputs(values, values),
            tangent: call.likeOutputs(tangents, values),
          });
        };
      },
    vjp:
      (f, options = noOptions) =>
      (...args) => {
        const call = new Call("vjp", f, options, ownedAll(args), false);
        const { values, pullback } = products.vjp(call.f, call.inputs, options);
        return withAux(call, options, {
          value: call.likeOutputs(values, values),
          pullback: (cotangent: unknown) =>
            call.likeInputs(pullback(call.cotangentsOfOutputs(cotangent, values))),
        });
      },
    hvp:
      (f, options = noOptions) =>
      (...args) => {
        const call = new Call("hvp", f, options, ownedAll(args), true);
        return (vector: unknown) => {
          const product = call.likeInputs(
            products.hvp(call.f, call.inputs, call.tangentsOfInputs(vector), options),
          );
          return options.aux === true ? { product, aux: call.aux() } : product;
        };
      },
  };
}

/** The same operators, which refuse at once what is no function and what are no options of theirs. */
function checked<Extra extends object>(
  all: Operators<Extra>,
  extra: readonly string[] = [],
): Operators<Extra> {
  const check =
    (asked: string, operator: Operator<Extra>): Operator<Extra> =>
    (f, options) => {
      checkBinding(asked, f, options, extra);
      return operator(f, options);
    };
  return Object.fromEntries(
    Object.entries(all).map(([asked, operator]) => [asked, check(asked, operator)]),
  ) as Operators<Extra>;
}

function valueOf(call: Call, value: Tensor): unknown {
  return call.likeOutputs([value], [value]);
}

/** Deeper trees are no trees that could be differentiated; `flatten` says so. */
const DEEPEST_COPY = 256;

/**
 * What is bound to its arguments runs later, so arrays that the caller may write to meanwhile are copied, inside trees
 * too.
 */
function owned(argument: unknown, copies: Map<unknown, unknown>, depth: number = 0): unknown {
  if (argument instanceof Float64Array) return argument.slice();
  if (depth > DEEPEST_COPY || (!Array.isArray(argument) && !isPlainObject(argument))) return argument;
  if (copies.has(argument)) return copies.get(argument);
  // What contains itself is no tree that could be differentiated; inside, it stays as it is.
  copies.set(argument, argument);
  const copy = Array.isArray(argument)
    ? argument.map((part) => owned(part, copies, depth + 1))
    : Object.fromEntries(
        Object.entries(argument).map(([key, part]) => [key, owned(part, copies, depth + 1)]),
      );
  copies.set(argument, copy);
  return copy;
}

function ownedAll(args: readonly unknown[]): readonly unknown[] {
  const copies = new Map<unknown, unknown>();
  return args.map((argument) => owned(argument, copies));
}

function slope(result: ReturnType<Products["jvp"]>): { readonly value: Tensor; readonly gradient: Tangents } {
  return { value: result.values[0]!, gradient: result.tangents };
}

function checkScalarInput(inputs: readonly Tensor[]): void {
  if (inputs.length !== 1 || inputs[0]!.shape.length > 0)
    throw new FluxionError(
      "NOT_SCALAR",
      `derivative differentiates by one scalar; found ${inputs.length === 1 ? `shape ${formatShape(inputs[0]!.shape)}` : `a tree of ${inputs.length} leaves`}. Use gradient() or jacobian().`,
    );
}

/** The same operator giving one field of its record, or that field and aux. */
function only<Extra extends object>(field: string, operator: Operator<Extra>): Operator<Extra> {
  return (f, options) => {
    const bound = operator(f, options);
    return (...args) => {
      const fields = bound(...args) as Fields;
      return options?.aux === true ? { [field]: fields[field], aux: fields["aux"] } : fields[field];
    };
  };
}
