import {
  type FlatFunction,
  type FlatJacobian,
  FluxionError,
  type Products,
  type Tensor,
} from "@fluxion/core";
import { described } from "../options.ts";
import type { Status } from "../types.ts";
import { begin, directionOf, scalesOf, settleAux } from "./begin.ts";
import type { AllOptions, NumericFdOptions, Start } from "./begin.ts";
import { blocks, contract, split } from "./blocks.ts";
import { estimatesFor } from "./methods.ts";
import type { Numbers } from "./numbers.ts";
import { TracedDifferences } from "./traced.ts";

const { directional, hessian, hessianVector, jacobian } = estimatesFor("numbers");

/** Every product by finite differences; each throws `DOMAIN` where no number can be given. */
export const products: Products<NumericFdOptions> = {
  jvp(f, inputs, tangents, options) {
    const at = begin(f, inputs, options);
    if (at instanceof TracedDifferences) return { values: at.values, tangents: at.directional(tangents) };
    if (!tangents.every((tangent) => tangent === null || tangent.level === 0)) {
      const traced = new TracedDifferences(f, inputs, at.point.outputs, at.settings, scalesOf(at));
      return { values: at.point.outputs, tangents: traced.directional(tangents) };
    }
    const result = demand("jvp", at, directional(at, directionOf(tangents)));
    settleAux(f, inputs, options);
    return { values: at.point.outputs, tangents: split(result.values, at.point.outputs) };
  },

  gradient(f, inputs, options) {
    const { values, jacobian: rows } = jacobianFor("gradient", f, inputs, options);
    return { value: values[0]!, gradient: rows[0]! };
  },

  jacobian: (f, inputs, options) => jacobianFor("jacobian", f, inputs, options),

  vjp(f, inputs, options) {
    // The Jacobian serves every pullback.
    const { values, jacobian: rows } = jacobianFor("vjp", f, inputs, options);
    return {
      values,
      pullback: (cotangents) =>
        inputs.map((input, i) =>
          contract(
            cotangents,
            rows.map((row) => row[i]!),
            input,
          ),
        ),
    };
  },

  hessian(f, inputs, options) {
    const at = begin(f, inputs, options);
    if (at instanceof TracedDifferences) {
      return { value: at.values[0]!, gradient: at.jacobian()[0]!, hessian: at.hessian() };
    }
    const result = hessian(at);
    demand("hessian", at, result.gradient);
    demand("hessian", at, result.hessian);
    settleAux(f, inputs, options);
    const value = at.point.outputs[0]!;
    return {
      value,
      gradient: split(result.gradient.values, inputs),
      hessian: blocks(result.hessian.values, inputs, inputs),
    };
  },

  hvp(f, inputs, vector, options) {
    const at = begin(f, inputs, options);
    if (at instanceof TracedDifferences) return at.hessianVector(vector);
    if (!vector.every((tangent) => tangent === null || tangent.level === 0)) {
      return new TracedDifferences(f, inputs, at.point.outputs, at.settings, scalesOf(at)).hessianVector(
        vector,
      );
    }
    const result = demand("hvp", at, hessianVector(at, directionOf(vector)));
    settleAux(f, inputs, options);
    return split(result.values, inputs);
  },
};

function jacobianFor(
  asked: string,
  f: FlatFunction,
  inputs: readonly Tensor[],
  options: AllOptions,
): FlatJacobian {
  const at = begin(f, inputs, options);
  if (at instanceof TracedDifferences) return { values: at.values, jacobian: at.jacobian() };
  const result = demand(asked, at, jacobian(at));
  settleAux(f, inputs, options);
  return { values: at.point.outputs, jacobian: blocks(result.values, at.point.outputs, inputs) };
}

const reasons: Record<Status, string> = {
  ok: "",
  noisy: "",
  oneSided: "",
  kink: "its slopes on the two sides differ (a kink)",
  notAnalytic:
    "f computes something else in complex numbers than in real ones (it reads primal(x), leaves its domain, or meets a point like the origin of norm)",
  unresolved:
    "differences converge to nothing there (a jump, an infinite slope, or structure finer than the steps)",
  nonFinite: "f is not finite there, or nowhere next to it",
  nondeterministic: "f gives different values for the same input",
};

/** The numbers, if there is a bound for each. Throws `DOMAIN`. */
function demand(asked: string, { point }: Start, result: Numbers): Numbers {
  if (result.errors.every((error) => error < Infinity)) return result;
  const { thrown } = point;
  const what =
    thrown === null ? "" : ` (it threw: ${thrown instanceof Error ? thrown.message : described(thrown)})`;
  throw new FluxionError(
    "DOMAIN",
    `numericFd.${asked}: no number can be given for entry ${result.worst} of the result: ${reasons[result.status]}${what}. ` +
      `numericFd.estimate("${asked}", f)(…) gives all entries with their error, infinite where there is none; ` +
      "the options typical, lower, upper and noise tell it more about f.",
  );
}
