import { at, type ComplexArray, empty, put, stretched } from "../array.ts";
import type { Complex, ComplexFunction } from "../functions/complex.ts";
import type { ComplexEvaluation, Rounding } from "./evaluation.ts";

/** A function of every entry. */
export function unary(f: ComplexFunction, rounding: Rounding = "result"): ComplexEvaluation {
  return { rounding, evaluate: ([x]) => map(x!, f) };
}

export function map(x: ComplexArray, f: ComplexFunction): ComplexArray {
  const out = empty(x.shape);
  for (let i = 0; i < out.re.length; i++) put(out, i, f(at(x, i)));
  return out;
}

/** A function of the entries of two operands that stretch against each other. */
export function binary(
  f: (a: Complex, b: Complex) => Complex,
  rounding: Rounding = "terms",
): ComplexEvaluation {
  return {
    rounding,
    evaluate: ([a, b], { operator, attributes }) => {
      const out = empty(operator.shape([a!.shape, b!.shape], attributes as never));
      const [x, y] = [stretched(a!, out.shape), stretched(b!, out.shape)];
      for (let i = 0; i < out.re.length; i++) put(out, i, f(at(x, i), at(y, i)));
      return out;
    },
  };
}
