import { jumpBetween, slopeBeyond, slopeOf } from "./jump.ts";
import type { Line } from "./line.ts";
import { measureNoise } from "./noise.ts";
import type { Noise } from "./noise.ts";
import { isResolved, perturbation, refutedBy, select } from "./select.ts";
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
 * The derivatives of all outputs of f along a line, each with a bound for its error.
 *
 * One sweep of shrinking steps serves all outputs. Every output has its own tableau, from which it takes the entry with
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
  const outputs: readonly number[] = [...line.centre.keys()].filter(
    (i) => estimates[i]!.status === "nonFinite" && Number.isFinite(line.centre[i]!),
  );
  if (outputs.length === 0) return estimates.slice();
  const sweep = new Sweep(line, settings, side, outputs);
  const result = estimates.slice();
  let open = outputs;
  for (let round = 0; round < rounds && open.length > 0; round++) {
    sweep.run();
    const noise = noiseNextTo(line, settings, sweep, open);
    const verdicts = new Map(
      open.map((output) => [
        output,
        judge(sweep.tableaus[output]!, side, settings, noise[output], round === 0),
      ]),
    );
    const refuted = confirmed(line, noise, verdicts);
    const stepped = new Set<number>();
    for (const [output, verdict] of verdicts) {
      const jump = jumpNextTo(
        line,
        settings,
        sweep,
        output,
        verdict,
        refuted.includes(output) ? noise[output] : undefined,
      );
      if (jump > 0) {
        stepped.add(output);
        const level = Math.max(jump, noise[output]?.level ?? 0);
        result[output] = judge(
          sweep.tableaus[output]!,
          side,
          { ...settings, noise: level },
          undefined,
          round === 0,
        ).estimate;
      } else result[output] = verdict.estimate;
    }
    const wrong = refuted.filter((output) => !stepped.has(output));
    for (const output of wrong) sweep.discard(output, verdicts.get(output)!.choice!.level);
    const puzzling = open.filter(
      (output) =>
        !refuted.includes(output) &&
        !stepped.has(output) &&
        verdicts.get(output)!.isPuzzling &&
        sweep.pursue(output),
    );
    open = [...wrong, ...puzzling];
  }
  return result;
}

/** The height of the steps that f is made of next to x, where finer levels or closer values contradict a choice; else 0. */
function jumpNextTo(
  line: Line,
  settings: SweepSettings,
  { tableaus, side }: Sweep,
  output: number,
  { choice }: Verdict,
  seen: Noise | undefined,
): number {
  const tableau = tableaus[output]!;
  if (choice === null || line.evaluations() + 24 > settings.maximumEvaluations) return 0;
  if (seen !== undefined)
    return jumpBetween(
      line,
      output,
      side,
      { slope: seen.slope, step: seen.spacing },
      slopeOf(tableau, choice),
    );
  const refuted = refutedBy(tableau, choice, settings.noise);
  const far = refuted === null ? slopeBeyond(tableau, choice) : slopeOf(tableau, refuted);
  return far === null ? 0 : jumpBetween(line, output, side, slopeOf(tableau, choice), far);
}

interface Verdict {
  readonly estimate: LineEstimate;
  /** The entry of the tableau that the estimate is made of, if any. */
  readonly choice: Choice | null;
  /** By how much values next to x have another slope than the estimate allows; 0 where they have not. */
  readonly surprise: number;
  /** The error is far beyond what the noise in f explains: there is a structure at a finer scale. */
  readonly isPuzzling: boolean;
}

/**
 * The outputs whose surprise a slope over a wider distance repeats. Rounding inside f can tilt equally spaced values all
 * the same way, but not twice.
 */
function confirmed(line: Line, noise: readonly Noise[], verdicts: ReadonlyMap<number, Verdict>): number[] {
  const doubtful = [...verdicts].filter(([, { surprise }]) => surprise !== 0);
  if (doubtful.length === 0) return [];
  const distance = 13 * noise[0]!.spacing;
  const [above, below] = [line.at(distance), line.at(-distance)];
  return doubtful
    .filter(([output, { surprise }]) => {
      const slope = (above.values[output]! - below.values[output]!) / (above.offset - below.offset);
      return Math.abs(slope - noise[output]!.slope) < 0.25 * Math.abs(surprise);
    })
    .map(([output]) => output);
}

/** The noise of every output next to x, at a spacing far below the steps that were chosen. */
function noiseNextTo(line: Line, settings: SweepSettings, sweep: Sweep, outputs: readonly number[]): Noise[] {
  const oneSided = sweep.side !== "central";
  const finest = outputs.reduce((least, output) => {
    const tableau = sweep.tableaus[output]!;
    const choice = tableau.rows.length < 3 ? null : select(tableau, oneSided, settings.noise);
    return choice === null ? least : Math.min(least, tableau.rows[choice.level]!.step);
  }, Infinity);
  const spacing = Math.max(64 * line.resolution, 2 ** -26 * finest);
  return finest === Infinity ? [] : measureNoise(line, spacing, sweep.side);
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
    choice: null,
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
  return { estimate, surprise, isPuzzling, choice };
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

function disagrees(first: Float64Array, second: Float64Array, noise: number): boolean {
  return first.some((value, i) => !Object.is(value, second[i]) && !(Math.abs(value - second[i]!) <= noise));
}
