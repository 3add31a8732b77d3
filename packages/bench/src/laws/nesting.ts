import { add, mul, type Strategy, type Tensor } from "@fluxion/core";
import { compare } from "../agreement/compare.ts";
import { exactNumbers, outcomeOf } from "../agreement/outcome.ts";
import { computations, has } from "../agreement/quantities.ts";
import type { Subject } from "../agreement/subject.ts";
import type { Law } from "./law.ts";

/**
 * Any strategy may differentiate any exact one: outer.jvp of inner.gradient is inner's own H·v. One law for each inner
 * strategy; the judged strategy is the outer one.
 */
export function nestingLaws(inner: readonly Strategy[]): readonly Law[] {
  return inner.filter(({ exact }) => exact).map((strategy) => nestingLaw(strategy));
}

function nestingLaw(inner: Strategy): Law {
  return {
    name: `over ${inner.name}`,
    statement: `outer.jvp(${inner.name}.gradient(f))·v = ${inner.name}.hvp(f)·v`,
    judge: (outer, subject, scale) => {
      if (!has(subject, "hvp")) return null;
      const nested = outcomeOf(outer, "jvp", gradientOf(inner, subject));
      if (nested?.kind === "failure") return "disagree";
      return nested?.kind === "numbers"
        ? compare(nested, exactNumbers(inner, computations.hvp, subject), scale).verdict
        : null;
    },
  };
}

/** The gradient as something to differentiate. */
function gradientOf(inner: Strategy, subject: Subject): Subject {
  const f = (xs: readonly Tensor[]): readonly Tensor[] => inner.gradient(subject.scalar!)(xs);
  // Seed 0: finite differences are asked for every program.
  return {
    ...subject,
    f,
    directionSeed: 0,
    scalar: null,
    graph: null,
    values: f(subject.inputs),
    cotangents: subject.tangents,
  };
}

/**
 * d/dx [x · d/dy (x + y)] at 1, which is 1; a strategy that can't tell the two perturbations apart says 2.
 * Source: J. M. Siskind, B. A. Pearlmutter, "Perturbation confusion and referential transparency" (2005).
 */
export function confusionTest(outer: Strategy, inner: Strategy): number {
  return outer.derivative((x: Tensor) => mul(x, inner.derivative((y: Tensor) => add(x, y))(1)))(1);
}
