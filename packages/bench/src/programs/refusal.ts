import type { Attributes, OperatorName, Tensor } from "@fluxion/core";
import { distances } from "./distance.ts";

/** Values beyond this make derivatives that say little. */
const LARGEST_VALUE = 1e3;

/** Entries of one node, at most. */
const MOST_ENTRIES = 64;

/** How far operands stay from kinks, poles and edges of the domain: finite differences need room. */
const MARGIN = 0.05;

/** Operators that have a value and, by convention, a derivative where they are not smooth. */
const KINKED: ReadonlySet<OperatorName> = new Set<OperatorName>([
  "abs", "sign", "relu", "floor", "ceil", "round", "maximum", "minimum", "max", "min", "argmax", "norm", "hypot", "atan2",
  "equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual",
]); // prettier-ignore

/**
 * Why an operator may not be applied here; null where it is defined, of a moderate size, and smooth. Without `smooth`
 * it may be at a kink.
 */
export function refusal<N extends OperatorName>(name: N, operands: readonly Tensor[], attributes: Attributes<N>, value: Tensor, smooth: boolean): string | null {
  if (value.size > MOST_ENTRIES) return "too many entries";
  if (value.data.some((entry) => !(Math.abs(entry) <= LARGEST_VALUE))) return "not finite, or too large";
  const distance = distances[name];
  if (!distance || (!smooth && KINKED.has(name))) return null;
  return distance(operands, attributes, value) >= MARGIN ? null : "close to a kink or to the edge of the domain";
}
