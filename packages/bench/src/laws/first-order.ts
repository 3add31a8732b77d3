import { add, cos, mul, sin, sub, sum, type Tensor } from "@fluxion/core";
import { randomDirection, randomIntegers } from "../agreement/random.ts";
import type { Subject } from "../agreement/subject.ts";
import { always, equation, type Law } from "./law.ts";

/** Further directions, unlike those that the subject has. */
function others(like: readonly Tensor[]): readonly Tensor[] {
  const next = randomIntegers(11);
  return like.map((x) => randomDirection(next, x.shape));
}

function combine(a: number, xs: readonly Tensor[], b: number, ys: readonly Tensor[]): readonly Tensor[] {
  return xs.map((x, i) => add(mul(a, x), mul(b, ys[i]!)));
}

/** A scalar function of the same inputs, to add to f and to multiply it with. */
function companion(xs: readonly Tensor[]): Tensor {
  return xs.reduce<Tensor>((total, x) => add(total, sum(sin(x))), add(1, 0));
}

function companionSlope(xs: readonly Tensor[], tangents: readonly Tensor[]): Tensor {
  return xs.reduce<Tensor>((total, x, i) => add(total, sum(mul(cos(x), tangents[i]!))), add(0, 0));
}

function valuesOf({ f, inputs }: Subject): readonly Tensor[] {
  return f(inputs);
}

/** The rules of calculus for first derivatives; each needs no second strategy. */
export const firstOrderLaws: readonly Law[] = [
  equation(
    "jvp is linear",
    "J·(2ẋ - 3ẏ) = 2 J·ẋ - 3 J·ẏ",
    always,
    (s, { f, inputs, tangents }) => s.jvp(f)(inputs)(combine(2, tangents, -3, others(tangents))).tangent,
    (s, { f, inputs, tangents }) =>
      combine(2, s.jvp(f)(inputs)(tangents).tangent, -3, s.jvp(f)(inputs)(others(tangents)).tangent),
  ),
  equation(
    "vjp is linear",
    "(2ȳ - 3z̄)·J = 2 ȳ·J - 3 z̄·J",
    always,
    (s, { f, inputs, cotangents }) =>
      s
        .vjp(f)(inputs)
        .pullback(combine(2, cotangents, -3, others(cotangents))),
    (s, { f, inputs, cotangents }) => {
      const { pullback } = s.vjp(f)(inputs);
      return combine(2, pullback(cotangents), -3, pullback(others(cotangents)));
    },
  ),
  equation(
    "sum rule",
    "(f - g)' = f' - g'",
    always,
    (s, { f, inputs, tangents }) =>
      s.jvp((xs: readonly Tensor[]) => f(xs).map((y) => sub(y, companion(xs))))(inputs)(tangents).tangent,
    (s, { f, inputs, tangents }) =>
      s
        .jvp(f)(inputs)(tangents)
        .tangent.map((slope) => sub(slope, companionSlope(inputs, tangents))),
  ),
  equation(
    "product rule",
    "(f g)' = f' g + f g'",
    always,
    (s, { f, inputs, tangents }) =>
      s.jvp((xs: readonly Tensor[]) => f(xs).map((y) => mul(y, companion(xs))))(inputs)(tangents).tangent,
    (s, subject) => {
      const { f, inputs, tangents } = subject;
      const values = valuesOf(subject);
      return s
        .jvp(f)(inputs)(tangents)
        .tangent.map((slope, k) =>
          add(mul(slope, companion(inputs)), mul(values[k]!, companionSlope(inputs, tangents))),
        );
    },
  ),
  equation(
    "chain rule",
    "(sin ∘ f)' = (sin' ∘ f) f'",
    always,
    (s, { f, inputs, cotangents }) =>
      s
        .vjp((xs: readonly Tensor[]) => f(xs).map((y) => sin(y)))(inputs)
        .pullback(cotangents),
    (s, { f, inputs, cotangents }) => {
      const { value, pullback } = s.vjp(f)(inputs);
      return pullback(
        s
          .vjp((ys: readonly Tensor[]) => ys.map((y) => sin(y)))(value)
          .pullback(cotangents),
      );
    },
  ),
];
