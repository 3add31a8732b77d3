import { bestOfRow, isConstantNearby, isResolved, perturbation, select } from "./select.ts";
import type { Choice } from "./select.ts";
import type { Tableau } from "./tableau.ts";

/** Fewer levels than this say nothing about a function that has not changed yet, or whose derivative looks like 0. */
export const patience = 20;

/** Whether no finer level can improve the estimate: noise there alone exceeds the least error so far. */
export function isFinished(tableau: Tableau, sided: boolean, noise: number): boolean {
  const { rows, first } = tableau;
  const last = rows.length - 1;
  if (last < 5) return false;
  const row = rows[last]!;
  const flat = rows.every(({ variation }) => variation === 0);
  if (flat) return last >= patience;
  const best = select(tableau, sided, noise);
  if (best === null || !isResolved(tableau, best.level, best.column, noise, 0.01)) return false;
  // f takes few values, and the step is within one of them.
  if (row.variation === 0) return true;
  if (last >= patience && Math.abs(best.value) <= best.bound) return true;
  if (best.level > last - 2 || 20 * perturbation(row, first, noise) <= best.bound) return false;
  return tableau.order === 1 || isSlopeFinished(tableau, best, noise);
}

/** Whether the last levels differ by no more than rounding makes them, or f no longer changes. */
export function isExplained(tableau: Tableau, noise: number): boolean {
  const { rows, first } = tableau;
  if (isConstantNearby(tableau)) return true;
  return (
    rows.length > 5 &&
    rows.slice(-3).every((row) => {
      const { column } = bestOfRow(row, first, noise);
      return row.differences[column]! <= 8 * perturbation(row, column, noise);
    })
  );
}

/**
 * Noise hides the higher derivatives at steps at which it leaves the first one alone: when what disturbs the choice is
 * more than rounding, the sweep goes on as it would for the first derivative, to find a structure that is finer.
 */
function isSlopeFinished({ rows, first }: Tableau, { level, column }: Choice, noise: number): boolean {
  const chosen = rows[level]!;
  if (chosen.differences[column]! <= 256 * perturbation(chosen, column, noise)) return true;
  const row = rows.at(-1)!;
  const blur = perturbation(row, first, noise) / row.gain[first]! / row.step;
  return blur > Math.abs(chosen.slopes[column]! - chosen.slopes[column - 1]!);
}
