import {
  broadcastTo,
  neg,
  ones,
  type Shape,
  strongEinsum,
  strongMul,
  sumTo,
  type Tensor,
} from "@fluxion/core";

/**
 * The derivative of an operator by one operand: a linear map, written down as the two ways to use it. Forward it takes
 * tangents of the operand to tangents of the output; transposed, cotangents of the output to those of the operand.
 */
export interface LinearMap {
  readonly apply: (tangent: Tensor) => Tensor;
  readonly transpose: (cotangent: Tensor) => Tensor;
}

/** A map that is its own transpose. */
export function selfAdjoint(map: (t: Tensor) => Tensor): LinearMap {
  return { apply: map, transpose: map };
}

/** First one map, then another. */
export function compose(first: LinearMap, second: LinearMap): LinearMap {
  return {
    apply: (t) => second.apply(first.apply(t)),
    transpose: (g) => first.transpose(second.transpose(g)),
  };
}

/** The tangent of an operand of shape `from` stretched to the shape of the output. */
export function stretch(from: Shape, to: Shape): LinearMap {
  return { apply: (t) => broadcastTo(t, to), transpose: (g) => sumTo(g, from) };
}

/** Multiplication by a factor, entry by entry; an exact zero wins over an infinity. */
export function scale(factor: Tensor): LinearMap {
  return selfAdjoint((t) => strongMul(t, factor));
}

export const negate: LinearMap = selfAdjoint((t) => neg(t));

/** A factor of a contraction: a tensor with one letter for each axis. */
export interface Factor {
  readonly value: Tensor;
  readonly letters: string;
}

/**
 * A product of tensors summed over the letters that the result lacks, as a map of one of its factors: every product,
 * sum, trace and diagonal of linear algebra is one. No factor repeats a letter; a diagonal is a product with the identity.
 * An exact zero of a factor wins over an infinity.
 */
export function contraction(
  own: { readonly letters: string; readonly shape: Shape },
  others: readonly Factor[],
  result: string,
): LinearMap {
  const texts = others.map((factor) => factor.letters);
  const values = others.map((factor) => factor.value);
  // A letter that only the own factor has is summed over; transposed, the cotangent is repeated along it.
  const repeated = [...own.letters].filter(
    (letter) => !result.includes(letter) && texts.every((text) => !text.includes(letter)),
  );
  const repeats = repeated.map((letter) => ones([own.shape[own.letters.indexOf(letter)]!]));
  return {
    apply: (t) => strongEinsum(`${[own.letters, ...texts].join(",")}->${result}`, t, ...values),
    transpose: (g) =>
      strongEinsum(`${[result, ...texts, ...repeated].join(",")}->${own.letters}`, g, ...values, ...repeats),
  };
}
