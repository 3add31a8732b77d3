import { offsetOf } from "./line.ts";
import type { Line, Sample } from "./line.ts";
import { measureNoise } from "./noise.ts";
import type { Noise } from "./noise.ts";
import type { Search } from "./search.ts";
import { isResolved, perturbation, select } from "./select.ts";
import type { Choice } from "./select.ts";
import { diverges, hasKink } from "./smoothness.ts";
import { Sweep, roomOn } from "./sweep.ts";
import type { SweepSettings } from "./sweep.ts";
import type { Tableau } from "./tableau.ts";
import { noEstimate } from "../types.ts";
import type { LineEstimate, Side, Status } from "../types.ts";

/** How often a sweep goes on below a scale at which values next to x contradict what it found. */
const rounds = 3;

/**
 * The derivatives of outputs of f along a line, each with a bound for its error.
 *
 * One sweep of shrinking steps serves all outputs. Every output has its own tableau, from which it takes the entry with
 * the least estimated error that no finer level contradicts; noise is measured, not assumed. Where f is not finite or
 * not allowed on one side, the other side is used.
 */
export function* adaptive(
  line: Line,
  settings: SweepSettings,
  wanted: readonly number[],
): Search<LineEstimate[]> {
  const limited = roomOn(line, "central");
  const wide: Side = line.highest >= -line.lowest ? "forward" : "backward";
  let estimates = Array.from(line.centre, () => noEstimate("nonFinite"));
  if (limited > 2 ** -20 * Math.min(line.scale, roomOn(line, wide)))
    estimates = yield* sided(line, settings, "central", wanted, estimates);
  const other: Side = wide === "forward" ? "backward" : "forward";
  for (const side of [wide, other]) {
    if (roomOn(line, side) > 0) estimates = yield* sided(line, settings, side, wanted, estimates);
  }
  return estimates;
}

/** Looks from one side at the wanted outputs that have no estimate yet. */
function* sided(
  line: Line,
  settings: SweepSettings,
  side: Side,
  wanted: readonly number[],
  estimates: LineEstimate[],
): Search<LineEstimate[]> {
  const outputs = wanted.filter(
    (i) => estimates[i]!.status === "nonFinite" && Number.isFinite(line.centre[i]!),
  );
  if (outputs.length === 0) return estimates;
  const sweep = new Sweep(line, settings, side, outputs);
  const result = estimates.slice();
  let open = outputs;
  for (let round = 0; round < rounds && open.length > 0; round++) {
    yield* sweep.run();
    const noise = yield* noiseNextTo(line, settings, sweep, open);
    const verdicts = new Map(
      open.map((output) => [
        output,
        judge(sweep.tableaus[output]!, side, settings, noise[output], round === 0),
      ]),
    );
    for (const [output, { estimate }] of verdicts) result[output] = estimate;
    const refuted = yield* confirmed(noise, verdicts);
    for (const output of refuted) sweep.discard(output, verdicts.get(output)!.level);
    const puzzling = open.filter(
      (output) => !refuted.includes(output) && verdicts.get(output)!.isPuzzling && sweep.pursue(output),
    );
    open = [...refuted, ...puzzling];
  }
  return result;
}

interface Verdict {
  readonly estimate: LineEstimate;
  /** By how much values next to x have another slope than the estimate allows; 0 where they have not. */
  readonly surprise: number;
  /** The error is far beyond what the noise in f explains: there is a structure at a finer scale. */
  readonly isPuzzling: boolean;
  /** The level of the choice. */
  readonly level: number;
}

/**
 * The outputs whose surprise a slope over a wider distance repeats. Rounding inside f can tilt equally spaced values all
 * the same way, but not twice.
 */
function* confirmed(noise: readonly Noise[], verdicts: ReadonlyMap<number, Verdict>): Search<number[]> {
  const doubtful = [...verdicts].filter(([, { surprise }]) => surprise !== 0);
  if (doubtful.length === 0) return [];
  const distance = 13 * noise[doubtful[0]![0]]!.spacing;
  const [above, below] = (yield [distance, -distance]) as [Sample, Sample];
  return doubtful
    .filter(([output, { surprise }]) => {
      const width = offsetOf(above, output) - offsetOf(below, output);
      const slope = (above.values[output]! - below.values[output]!) / width;
      return Math.abs(slope - noise[output]!.slope) < 0.25 * Math.abs(surprise);
    })
    .map(([output]) => output);
}

/** The noise of every output next to x, at a spacing far below the steps that were chosen. */
function* noiseNextTo(
  line: Line,
  settings: SweepSettings,
  sweep: Sweep,
  outputs: readonly number[],
): Search<Noise[]> {
  const oneSided = sweep.side !== "central";
  const finest = outputs.reduce((least, output) => {
    const tableau = sweep.tableaus[output]!;
    const choice = tableau.rows.length < 3 ? null : select(tableau, oneSided, settings.noise);
    return choice === null ? least : Math.min(least, tableau.rows[choice.level]!.step);
  }, Infinity);
  const spacing = Math.max(64 * line.resolution, 2 ** -26 * finest);
  return finest === Infinity ? [] : yield* measureNoise(line, spacing, sweep.side, outputs);
}

function judge(
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
    level: 0,
  });
  if (tableau.rows.length < 3) return settle(noEstimate(isFirst ? "nonFinite" : "unresolved", side));
  const noise = Math.max(settings.noise, seen?.level ?? 0);
  const choice = select(tableau, side !== "central", noise);
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
  const isPuzzling = side === "central" && choice.bound > 256 * perturbation(row, choice.column, noise);
  return { estimate, surprise, isPuzzling, level: choice.level };
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
