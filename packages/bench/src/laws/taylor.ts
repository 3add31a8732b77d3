import { add, mul, type Strategy, sum, type Tensor } from "@fluxion/core";
import type { Verdict } from "../agreement/compare.ts";
import { has } from "../agreement/quantities.ts";
import type { Subject } from "../agreement/subject.ts";
import type { Law } from "./law.ts";

/** Steps along the tangent, each half the one before. */
const STEPS = Array.from({ length: 12 }, (_, i) => 2 ** -(6 + i));

/** How far a slope may fall below the order before it is a fault: one that is 3 % wrong falls to 1. */
const SLACK = 0.4;

/**
 * The remainder of a Taylor polynomial falls as the next power of the step: f(x + hẋ) - f(x) - h f'(x)·ẋ as h², with the
 * second derivative as h³. A wrong derivative leaves a term of the first or second power. Needs no reference and no
 * tolerance but that of the slope. Source: P. Farrell et al., "Automated derivation of the adjoint" (2013), §6.
 */
export const taylorLaws: readonly Law[] = [
  {
    name: "Taylor remainder of order 2",
    statement: "f(x + hẋ) - f(x) - h J·ẋ = O(h²)",
    judge: (strategy, subject) =>
      strategy.exact && measurable(subject) ? slopeVerdict(subject, 2, [slope(strategy, subject)]) : null,
  },
  {
    name: "Taylor remainder of order 3",
    statement: "f(x + hẋ) - f(x) - h J·ẋ - h²/2 ẋ·H·ẋ = O(h³)",
    judge: (strategy, subject) =>
      strategy.exact && measurable(subject) && has(subject, "hvp")
        ? slopeVerdict(subject, 3, [slope(strategy, subject), curvature(strategy, subject) / 2])
        : null,
  },
];

function measurable({ smooth, hidden }: Subject): boolean {
  return smooth && !hidden;
}

/** f contracted with its cotangent: one number. */
function contraction(subject: Subject, inputs: readonly Tensor[]): number {
  return total(subject.f(inputs), subject.cotangents);
}

function total(xs: readonly Tensor[], weights: readonly Tensor[]): number {
  return xs.reduce((sofar, x, k) => sofar + sum(mul(x, weights[k]!)).item(), 0);
}

function slope(strategy: Strategy, subject: Subject): number {
  const { f, inputs, tangents, cotangents } = subject;
  return total(strategy.jvp(f)(inputs)(tangents).tangent, cotangents);
}

function curvature(strategy: Strategy, { scalar, inputs, tangents, cotangents }: Subject): number {
  return total(strategy.hvp(scalar!)(inputs)(tangents), tangents) * cotangents[0]!.item();
}

/** The slope of the remainder where it is well above rounding; inconclusive where it never is. */
function slopeVerdict(subject: Subject, order: number, coefficients: readonly number[]): Verdict {
  const { inputs, tangents } = subject;
  const start = contraction(subject, inputs);
  const noise = 2 ** -52 * 1e4 * Math.max(1, Math.abs(start));
  const remainders = STEPS.map((h) => {
    const moved = contraction(
      subject,
      inputs.map((x, i) => add(x, mul(h, tangents[i]!))),
    );
    return Math.abs(moved - start - coefficients.reduce((sum, c, power) => sum + c * h ** (power + 1), 0));
  });
  const resolved = remainders.findLastIndex((remainder) => remainder > noise);
  // Nothing is left of the remainder, at any step: the polynomial is the function, as for a linear one.
  if (resolved < 1) return remainders[0]! <= noise ? "agree" : "inconclusive";
  return Math.log2(remainders[resolved - 1]! / remainders[resolved]!) >= order - SLACK ? "agree" : "disagree";
}
