import type { Attributes, OperatorName, Tensor } from "@fluxion/core";
import { type Domain, domains } from "@fluxion/core/domains";

/** Values beyond this make derivatives that say little. */
const LARGEST_VALUE = 1e3;

/** Entries of one node, at most. */
const MOST_ENTRIES = 64;

/** How far operands stay from kinks, poles and edges of the domain: finite differences need room. */
const MARGIN = 0.15;

/** The same for jumps, beside which there is nothing to see from a distance. */
const MARGIN_OF_JUMPS = 0.25;

/** The least reciprocal condition number of a matrix that is inverted. */
const CONDITIONED = 0.05;

/**
 * Why an operator may not be applied here; null where it is defined, of a moderate size, and smooth. Without `smooth`
 * it may be at a kink.
 */
export function refusal<N extends OperatorName>(
  name: N,
  operands: readonly Tensor[],
  attributes: Attributes<N>,
  value: Tensor,
  smooth: boolean,
): string | null {
  if (value.size > MOST_ENTRIES) return "too many entries";
  if (value.data.some((entry) => !(Math.abs(entry) <= LARGEST_VALUE))) return "not finite, or too large";
  const domain: Domain<N> = domains[name];
  if (!smooth && hasConvention(name)) return null;
  const distance = domain.kinkDistance(operands, attributes);
  return distance >= marginOf(domain) ? null : `close to ${domain.kinks}`;
}

function marginOf({ regularity, operands }: Pick<Domain<OperatorName>, "regularity" | "operands">): number {
  if (operands[0]!.matrix === "regular") return CONDITIONED;
  return regularity === "constant" ? MARGIN_OF_JUMPS : MARGIN;
}

/** Whether the derivative at the kinks is a convention; that of cbrt is infinite there. */
function hasConvention(name: OperatorName): boolean {
  const { regularity } = domains[name];
  return (regularity === "piecewise" || regularity === "constant") && name !== "cbrt";
}
