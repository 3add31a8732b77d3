import type { Noise } from "./noise.ts";
import { isResolved, isRuledOut, perturbation, select, unexplained } from "./select.ts";
import type { Choice } from "./select.ts";
import { diverges, hasKink } from "./smoothness.ts";
import type { SweepSettings } from "./sweep.ts";
import type { Tableau } from "./tableau.ts";
import { noEstimate } from "../types.ts";
import type { LineEstimate, Side, Status } from "../types.ts";

/** What a tableau says of an output. */
export interface Verdict {
  readonly estimate: LineEstimate;
  /** The entry of the tableau that the estimate is made of, if any. */
  readonly choice: Choice | null;
  /** By how much values next to x have another slope than the estimate allows; 0 where they have not. */
  readonly surprise: number;
  /** The error is far beyond what the noise in f explains: there is a structure at a finer scale. */
  readonly isPuzzling: boolean;
}

/** What a tableau and the values next to x say of an output. */
export function judge(
  tableau: Tableau,
  side: Side,
  settings: SweepSettings,
  seen: Noise | undefined,
  isFirst: boolean,
): Verdict {
  const settle = (estimate: LineEstimate): Verdict => ({
    estimate,
    surprise: 0,
    isPuzzling: false,
    choice: null,
  });
  if (tableau.rows.length < 3) return settle(noEstimate(isFirst ? "nonFinite" : "unresolved", side));
  const noise = Math.max(settings.noise, seen?.level ?? 0);
  const choice = resolved(tableau, side, noise, seen !== undefined && seen.level > 0);
  if (hasKink(tableau, noise))
    return settle(noEstimate("kink", side, settings.order === 1 ? choice?.value : NaN));
  if (choice === null || !isTrustworthy(tableau, choice, noise, settings.noise) || diverges(tableau, noise))
    return settle(noEstimate("unresolved", side));
  const row = tableau.rows[choice.level]!;
  const columns = choice.column + 1 - tableau.first;
  const isNoisy = noise * row.gain[choice.column]! > 8 * row.rounding[choice.column]!;
  const status: Status = side !== "central" ? "oneSided" : isNoisy ? "noisy" : "ok";
  const estimate = {
    value: choice.value,
    error: choice.bound,
    step: row.step,
    order: side === "central" ? 2 * columns : columns,
    side,
    status,
  };
  const surprise = seen !== undefined && side === "central" ? surpriseOf(seen, choice, tableau) : 0;
  const isPuzzling =
    side === "central" && choice.bound > unexplained * perturbation(row, choice.column, noise);
  return { estimate, surprise, isPuzzling, choice };
}

/** The best entry; where the noise of f is known, none that a finer level rules out. */
function resolved(tableau: Tableau, side: Side, noise: number, isKnown: boolean): Choice | null {
  const isSided = side !== "central";
  let choice = select(tableau, isSided, noise);
  if (isKnown)
    while (choice !== null && isRuledOut(tableau, choice, noise))
      choice = select(tableau, isSided, noise, choice.level + 1);
  return choice;
}

/** Whether a choice has seen f at its own scale, and not only a noise that nobody has told of. */
function isTrustworthy(tableau: Tableau, { level, column }: Choice, noise: number, known: number): boolean {
  const { variation, rounding, gain } = tableau.rows[level]!;
  const allNoise =
    noise > 4 * known && noise > 0.1 * variation && noise * gain[column]! > 8 * rounding[column]!;
  return !allNoise && isResolved(tableau, level, column, noise, 0.25);
}

/** How far the slope of closely spaced values is from that of the choice, where its levels and the noise rule that out. */
function surpriseOf(seen: Noise, { level, column }: Choice, tableau: Tableau): number {
  const { step, bend, slopes } = tableau.rows[level]!;
  const slope = slopes[column]!;
  const reach = (8 * seen.spacing) / step;
  const doubt =
    4 * Math.abs(slope - slopes[column - 1]!) +
    2 * reach * bend +
    reach * reach * Math.abs(slopes[0]! - slope);
  const surprise = seen.slope - slope;
  return Math.abs(surprise) > doubt + seen.slopeError ? surprise : 0;
}
