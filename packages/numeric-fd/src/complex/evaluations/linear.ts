import type { Tensor } from "@fluxion/core";
import { asTensor, type ComplexArray, fromParts, isReal } from "../array.ts";
import { type Application, type ComplexEvaluation, refused, type Rounding } from "./evaluation.ts";

/** An operator that moves or adds numbers: it does to both parts what it does to real numbers. */
export function linear(rounding: Rounding): ComplexEvaluation {
  return {
    rounding,
    evaluate: (inputs, { operator, attributes }) => {
      const apply = (part: "re" | "im"): Tensor =>
        operator.evaluate(
          inputs.map((x) => asTensor(x[part], x.shape)),
          attributes,
        );
      return fromParts(apply("re"), apply("im"));
    },
  };
}

/** Choosing by a condition that is real: each part from where the condition says. Throws `UNSUPPORTED` for another condition. */
export const choice: ComplexEvaluation = {
  rounding: "exact",
  evaluate: ([condition, a, b], { operator, attributes }) => {
    if (!isReal(condition!)) throw refused("where", "chooses by a condition that depends on x");
    const apply = (part: "re" | "im"): Tensor =>
      operator.evaluate(
        [
          asTensor(condition!.re, condition!.shape),
          asTensor(a![part], a!.shape),
          asTensor(b![part], b!.shape),
        ],
        attributes,
      );
    return fromParts(apply("re"), apply("im"));
  },
};

/**
 * A sum of products with one factor from each operand: real products for every choice of real or imaginary parts, which
 * count as 1, i, −1, −i by the number of imaginary ones. Real operands have no second choice.
 */
export const multilinear: ComplexEvaluation = {
  rounding: "steps",
  evaluate: (inputs, application) => {
    const movable = inputs.flatMap((x, i) => (isReal(x) ? [] : [i]));
    const totals: [Tensor | null, Tensor | null] = [null, null];
    for (let chosen = 0; chosen < 2 ** movable.length; chosen++) {
      const imaginary = movable.filter((_, bit) => Math.floor(chosen / 2 ** bit) % 2 === 1);
      const product = ofParts(inputs, imaginary, application);
      const part = imaginary.length % 2 === 0 ? 0 : 1;
      const sign = imaginary.length % 4 < 2 ? 1 : -1;
      totals[part] = accumulated(totals[part], product, sign);
    }
    const [re, im] = totals;
    return im === null
      ? { shape: re!.shape, re: re!.data, im: new Float64Array(re!.size) }
      : fromParts(re!, im);
  },
};

function ofParts(
  inputs: readonly ComplexArray[],
  imaginary: readonly number[],
  application: Application,
): Tensor {
  const { operator, attributes } = application;
  const parts = inputs.map((x, i) => asTensor(imaginary.includes(i) ? x.im : x.re, x.shape));
  return operator.evaluate(parts, attributes);
}

function accumulated(total: Tensor | null, term: Tensor, sign: number): Tensor {
  if (total === null && sign === 1) return term;
  const sum = Float64Array.from(term.data, (value, i) => (total?.data[i] ?? 0) + sign * value);
  return asTensor(sum, term.shape);
}
