import { perturbation } from "./select.ts";
import type { Row, Tableau } from "./tableau.ts";

/** The levels that a verdict needs. */
const run = 6;

/**
 * Whether the slopes on the two sides of x differ: |f(x + h) + f(x − h) − 2 f(x)| / h tends to a constant, where it
 * shrinks with h for a smooth f.
 */
export function hasKink({ rows }: Tableau, noise: number): boolean {
  const blur = ({ step, rounding, gain }: Row): number =>
    16 * Math.max(rounding[0]!, noise * gain[0]!, Number.MIN_VALUE / step);
  const last = rows.findLastIndex((row) => row.bend > blur(row));
  if (last < run - 1 || (last + 1 < rows.length && rows[last]!.bend > 2 * blur(rows[last + 1]!)))
    return false;
  const bends = rows.slice(last - run + 1, last + 1).map(({ bend }) => bend);
  return Math.max(...bends) <= 1.1 * Math.min(...bends);
}

/**
 * Whether the difference quotients run away, as at a jump, at the edge of √x, or at x log|x|: down to the finest level
 * that noise leaves alone their changes all have one sign and do not shrink, where they shrink like h² (on one side like h)
 * for a smooth f. Values on the two sides of a jump look like noise, so what follows a power of the step to a percent
 * counts where only rounding is below it.
 */
export function diverges(tableau: Tableau, noise: number): boolean {
  const ratios = growth(tableau, noise);
  const regular = growth(tableau, 0);
  const steady = regular.length > 0 && Math.max(...regular) <= 1.02 * Math.min(...regular);
  // Where changes of a smooth f pass near zero they grow, too, and then shrink again.
  const grows = ratios.length > 0 && Math.min(...ratios.slice(0, 3)) > 0.75;
  return (steady && Math.min(...regular) > 0.97) || (grows && ratios.reduce((a, b) => a * b, 1) > 0.85);
}

/** How the changes of the quotient grow over the finest levels above the noise; empty where they change sign or stop. */
function growth({ rows, first }: Tableau, noise: number): number[] {
  const change = (k: number): number => rows[k]!.values[first]! - rows[k - 1]!.values[first]!;
  const blur = (k: number): number => 32 * perturbation(rows[k]!, first, noise);
  let last = rows.length - 1;
  while (last > first && !(Math.abs(change(last)) > blur(last))) last--;
  if (last < first + run || (last + 1 < rows.length && Math.abs(change(last)) > 2 * blur(last + 1)))
    return [];
  const ratios = Array.from({ length: run - 1 }, (_, i) => change(last - i) / change(last - i - 1));
  return ratios.every((ratio) => ratio > 0) ? ratios : [];
}
