import { type Effort, efforts, type Numbers } from "./outcome.ts";

export type Verdict = "agree" | "disagree" | "inconclusive";

/** The entry at which two strategies differ most, in units of what is allowed. */
export interface Difference {
  readonly leaf: number;
  readonly entry: number;
  readonly numbers: readonly [number, number];
  readonly allowed: number;
}

export interface Comparison {
  readonly verdict: Verdict;
  readonly worst: Difference | null;
}

/** The sizes against which differences and bounds are judged. */
export interface Scale {
  /** The greatest value of f: a bound is too wide beside it where the derivative itself is 0. */
  readonly result: number;
  /** The greatest value anywhere in f: results that cancel to 0 keep rounding errors of its size. */
  readonly intermediate: number;
}

/** Rounding that is always granted, relative to the greatest number around. */
const FLOOR = 16 * 2 ** -52;

/** A bound that is wider than this part of the scale tells nothing. */
const INFORMATIVE = 1e-3;

export const AGREE: Comparison = { verdict: "agree", worst: null };

/**
 * Whether two results agree within their own error bounds. Rounding is estimated only where the results differ by more
 * than a few ulp, and once more with more samples before a disagreement is declared.
 */
export function compare(a: Numbers, b: Numbers, scale: Scale): Comparison {
  let comparison = AGREE;
  for (const effort of efforts) {
    comparison = compareWithin(a, b, effort, scale);
    if (comparison.verdict !== "disagree") return comparison;
  }
  return comparison;
}

function compareWithin(a: Numbers, b: Numbers, effort: Effort, { result, intermediate }: Scale): Comparison {
  if (a.leaves.length !== b.leaves.length) return { verdict: "disagree", worst: null };
  const [aBounds, bBounds] = [a.bounds(effort), b.bounds(effort)];
  // Entries that are 0 are judged by the others: a bound says enough when it is narrow beside the whole derivative.
  const whole = Math.max(result, ...[...a.leaves, ...b.leaves].map(({ data }) => greatest(data)));
  let uninformative = false;
  let worst: Difference | null = null;
  let worstRatio = 1;
  for (let leaf = 0; leaf < a.leaves.length; leaf++) {
    const [x, y] = [a.leaves[leaf]!, b.leaves[leaf]!];
    if (x.shape.join() !== y.shape.join()) return { verdict: "disagree", worst: null };
    const largest = Math.max(greatest(x.data), greatest(y.data));
    for (let entry = 0; entry < x.data.length; entry++) {
      const [p, q] = [x.data[entry]!, y.data[entry]!];
      const bound = aBounds[leaf]![entry]! + bBounds[leaf]![entry]!;
      if (bound > INFORMATIVE * whole || Number.isNaN(bound)) {
        uninformative = true;
        continue;
      }
      if (Object.is(p, q) || p === q) continue;
      const allowed = FLOOR * Math.max(largest, intermediate) + bound;
      const difference = Math.abs(p - q);
      // NaN and ∞ are equal or they are not.
      const ratio = Number.isFinite(difference) ? difference / allowed : Infinity;
      if (ratio > worstRatio) {
        worstRatio = ratio;
        worst = { leaf, entry, numbers: [p, q], allowed };
      }
    }
  }
  if (worst) return { verdict: "disagree", worst };
  return uninformative ? { verdict: "inconclusive", worst: null } : AGREE;
}

/** The greatest finite magnitude. */
export function greatest(data: Readonly<Float64Array>): number {
  let found = 0;
  for (const entry of data) if (Number.isFinite(entry)) found = Math.max(found, Math.abs(entry));
  return found;
}
