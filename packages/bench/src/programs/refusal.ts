import type { Attributes, OperatorName, Tensor } from "@fluxion/core";

/** Values beyond this make derivatives that say little. */
const LARGEST_VALUE = 1e3;

/** Entries of one node, at most. */
const MOST_ENTRIES = 64;

/** Why an operator may not be applied here; null where it is defined, smooth, and its value of a moderate size. */
export function refusal<N extends OperatorName>(name: N, operands: readonly Tensor[], attributes: Attributes<N>, value: Tensor): string | null {
  if (value.size > MOST_ENTRIES) return "too many entries";
  if (value.data.some((entry) => !(Math.abs(entry) <= LARGEST_VALUE))) return "value too large";
  return null;
}
