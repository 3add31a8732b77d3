import { mul, stack, type Tensor, vmap } from "@fluxion/core";
import type { Subject } from "../agreement/subject.ts";
import { equation, type Law } from "./law.ts";

/** Points beside that of the subject, near enough to be as smooth. */
const FACTORS = [1, 1.001, 0.998];

function points({ inputs }: Subject): readonly (readonly Tensor[])[] {
  return FACTORS.map((factor) => inputs.map((x) => mul(factor, x)));
}

function smooth(subject: Subject): boolean {
  return subject.smooth;
}

/** Results of every point of a batch, stacked. */
function stacked(results: readonly (readonly Tensor[])[]): readonly Tensor[] {
  return results[0]!.map((_, k) =>
    stack(
      results.map((leaves) => leaves[k]!),
      { axis: 0 },
    ),
  );
}

/** Derivatives of a batch of points at once are the derivatives of every point. */
export const vmapLaws: readonly Law[] = [
  equation(
    "vmap is a loop",
    "vmap(pullback) = [pullback, pullback, …]",
    smooth,
    (s, subject) => {
      const { f, cotangents } = subject;
      return vmap((...xs: Tensor[]) => s.vjp(f)(xs).pullback(cotangents))(...stacked(points(subject)));
    },
    (s, subject) => stacked(points(subject).map((xs) => s.vjp(subject.f)(xs).pullback(subject.cotangents))),
  ),
  equation(
    "vmap under differentiation is a loop",
    "(vmap f)'·ẋ = [f'·ẋ, f'·ẋ, …]",
    smooth,
    (s, subject) => {
      const { f, tangents } = subject;
      const batched = (xs: readonly Tensor[]): readonly Tensor[] =>
        vmap((...point: Tensor[]) => f(point))(...xs);
      return s.jvp(batched)(stacked(points(subject)))(stacked(FACTORS.map(() => tangents))).tangent;
    },
    (s, subject) => stacked(points(subject).map((xs) => s.jvp(subject.f)(xs)(subject.tangents).tangent)),
  ),
];
