import type { Line } from "./line.ts";
import { measureNoise } from "./noise.ts";
import type { Noise } from "./noise.ts";
import { isResolved, select } from "./select.ts";
import type { Choice } from "./select.ts";
import { diverges, hasKink } from "./smoothness.ts";
import { Sweep, roomOn } from "./sweep.ts";
import type { SweepSettings } from "./sweep.ts";
import type { Tableau } from "./tableau.ts";
import { noEstimate } from "./types.ts";
import type { LineEstimate, Side, Status } from "./types.ts";

/** How often a sweep goes on below a scale at which values next to x contradict what it found. */
const rounds = 3;

/**
 * The derivatives of all outputs of f along a line, each with a bound for its error.
 *
 * One sweep of halving steps serves all outputs. Every output has its own tableau, from which it takes the entry with
 * the least estimated error that no finer level contradicts; noise is measured, not assumed. Where f is not finite or
 * not allowed on one side, the other side is used.
 */
export function adaptive(line: Line, settings: SweepSettings): LineEstimate[] {
  const limited = roomOn(line, "central");
  const wide: Side = line.highest >= -line.lowest ? "forward" : "backward";
  let estimates = Array.from(line.centre, () => noEstimate("nonFinite"));
  if (limited > 2 ** -20 * Math.min(line.scale, roomOn(line, wide)))
    estimates = sided(line, settings, "central", estimates);
  const other: Side = wide === "forward" ? "backward" : "forward";
  for (const side of [wide, other]) {
    if (roomOn(line, side) > 0) estimates = sided(line, settings, side, estimates);
  }
  if (disagrees(line.centre, line.again(), settings.noise))
    return estimates.map(() => noEstimate("nondeterministic"));
  return estimates;
}

/** Looks from one side at the outputs that have no estimate yet. */
function sided(
  line: Line,
  settings: SweepSettings,
  side: Side,
  estimates: readonly LineEstimate[],
): LineEstimate[] {
  const outputs = [...line.centre.keys()].filter(
    (i) => estimates[i]!.status === "nonFinite" && Number.isFinite(line.centre[i]!),
  );
  if (outputs.length === 0) return estimates.slice();
  const sweep = new Sweep(line, settings, side, outputs);
  let found: LineEstimate[] = [];
  for (let round = 0; round < rounds; round++) {
    sweep.run();
    const verdicts = judgeAll(line, settings, sweep, outputs);
    found = verdicts.map(({ estimate }) => estimate);
    const refuted = outputs.filter((_, n) => verdicts[n]!.refuted);
    if (refuted.length === 0) break;
    for (const output of refuted) sweep.reopen(output);
  }
  const result = estimates.slice();
  outputs.forEach((output, n) => (result[output] = found[n]!));
  return result;
}

interface Verdict {
  readonly estimate: LineEstimate;
  /** Values next to x have another slope than the estimate says. */
  readonly refuted: boolean;
}

function judgeAll(line: Line, settings: SweepSettings, sweep: Sweep, outputs: readonly number[]): Verdict[] {
  const oneSided = sweep.side !== "central";
  const finest = outputs.reduce((least, output) => {
    const tableau = sweep.tableaus[output]!;
    const choice = tableau.rows.length < 3 ? null : select(tableau, oneSided, settings.noise);
    return choice === null ? least : Math.min(least, tableau.rows[choice.level]!.step);
  }, Infinity);
  const spacing = Math.max(64 * line.resolution, 2 ** -26 * finest);
  const noise = finest === Infinity ? [] : measureNoise(line, spacing, sweep.side);
  return outputs.map((output) => judge(sweep.tableaus[output]!, sweep.side, settings, noise[output]));
}

function judge(tableau: Tableau, side: Side, settings: SweepSettings, seen: Noise | undefined): Verdict {
  const settle = (estimate: LineEstimate): Verdict => ({ estimate, refuted: false });
  if (tableau.rows.length < 3) return settle(noEstimate("nonFinite", side));
  const noise = Math.max(settings.noise, seen?.level ?? 0);
  const choice = select(tableau, side !== "central", noise);
  if (hasKink(tableau, noise))
    return settle(noEstimate("kink", side, settings.order === 1 ? choice?.value : NaN));
  if (choice === null || !isTrustworthy(tableau, choice, noise) || diverges(tableau, noise))
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
  return {
    estimate,
    refuted: seen !== undefined && side === "central" && contradicts(seen, choice, tableau),
  };
}

/** Whether a choice has seen f at its own scale, and not only its noise. */
function isTrustworthy(tableau: Tableau, { level, column }: Choice, noise: number): boolean {
  const { variation, rounding, gain } = tableau.rows[level]!;
  const allNoise = noise > 0.1 * variation && noise * gain[column]! > 8 * rounding[column]!;
  return !allNoise && isResolved(tableau, level, column, noise, 0.25);
}

/** Whether closely spaced values of f have a slope that the levels of the choice rule out. */
function contradicts(seen: Noise, { level, column }: Choice, tableau: Tableau): boolean {
  const { step, bend, slopes } = tableau.rows[level]!;
  const slope = slopes[column]!;
  const reach = (8 * seen.spacing) / step;
  const doubt =
    4 * Math.abs(slope - slopes[column - 1]!) +
    2 * reach * bend +
    reach * reach * Math.abs(slopes[0]! - slope);
  return Math.abs(seen.slope - slope) > doubt + seen.slopeError;
}

function disagrees(first: Float64Array, second: Float64Array, noise: number): boolean {
  return first.some((value, i) => !Object.is(value, second[i]) && !(Math.abs(value - second[i]!) <= noise));
}
