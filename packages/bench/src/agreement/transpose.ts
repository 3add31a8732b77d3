import { scalar, type Tensor } from "@fluxion/core";
import { type Comparison, compare, type Scale, type Verdict } from "./compare.ts";
import type { Numbers, Outcome } from "./outcome.ts";
import type { Subject } from "./subject.ts";
import type { Vote } from "./vote.ts";

/**
 * The dot-product test of every strategy against itself: ⟨ȳ, J·ẋ⟩ = ⟨Jᵀȳ, ẋ⟩. It needs no reference, and holds to
 * rounding.
 */
export function transposeVote(
  { tangents, cotangents }: Subject,
  jvps: readonly Outcome[],
  vjps: readonly Outcome[],
  scale: Scale,
): Vote {
  const verdicts = new Map<string, Verdict>();
  const failures: { readonly left: Numbers; readonly right: Numbers; readonly comparison: Comparison }[] = [];
  for (const jvp of jvps) {
    const vjp = vjps.find(({ strategy }) => strategy === jvp.strategy);
    if (jvp.kind !== "numbers" || vjp?.kind !== "numbers") continue;
    const [left, right] = [innerProduct(cotangents, jvp), innerProduct(tangents, vjp)];
    const comparison = compare(left, right, scale);
    verdicts.set(jvp.strategy, comparison.verdict);
    if (comparison.verdict === "disagree") failures.push({ left, right, comparison });
  }
  const [first] = failures;
  return {
    verdicts,
    dissenters: failures.map(({ left }) => left.strategy),
    witness: first ? { dissenter: first.left, other: first.right, comparison: first.comparison } : null,
  };
}

/** ⟨direction, result⟩ with the bounds of the result, and the rounding of the sum. */
function innerProduct(direction: readonly Tensor[], result: Numbers): Numbers {
  let [total, magnitude] = [0, 0];
  result.leaves.forEach((leaf, k) =>
    leaf.data.forEach((entry, i) => {
      const term = entry * direction[k]!.data[i]!;
      total += term;
      magnitude += Math.abs(term);
    }),
  );
  const bounds: Numbers["bounds"] = (effort) => {
    const widths = result
      .bounds(effort)
      .flatMap((leaf, k) => Array.from(leaf, (width, i) => width * Math.abs(direction[k]!.data[i]!)));
    return [Float64Array.of(widths.reduce((sum, width) => sum + width, 16 * Number.EPSILON * magnitude))];
  };
  return { kind: "numbers", strategy: result.strategy, exact: result.exact, leaves: [scalar(total)], bounds };
}
