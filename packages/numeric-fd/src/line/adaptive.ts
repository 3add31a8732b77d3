import { jumpBetween, slopeBeyond, slopeOf } from "./jump.ts";
import { offsetOf } from "./line.ts";
import type { Line, Sample } from "./line.ts";
import { measureNoise } from "./noise.ts";
import type { Noise } from "./noise.ts";
import type { Search } from "./search.ts";
import { refutedBy, select } from "./select.ts";
import { Sweep, roomOn } from "./sweep.ts";
import type { SweepSettings } from "./sweep.ts";
import { judge } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";
import { noEstimate } from "../types.ts";
import type { LineEstimate, Side } from "../types.ts";

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
  // A step that is shorter by some factor loses its power of the digits: what one side loses is less, some time.
  if (limited > 2 ** (-20 / settings.order) * Math.min(line.scale, roomOn(line, wide)))
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
    const refuted = yield* confirmed(noise, verdicts);
    const stepped = new Set<number>();
    for (const [output, verdict] of verdicts) {
      const jump = yield* jumpNextTo(
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
function* jumpNextTo(
  line: Line,
  settings: SweepSettings,
  { tableaus, side }: Sweep,
  output: number,
  { choice }: Verdict,
  seen: Noise | undefined,
): Search<number> {
  const tableau = tableaus[output]!;
  if (choice === null || line.evaluations() + 24 > settings.maximumEvaluations) return 0;
  if (seen !== undefined)
    return yield* jumpBetween(
      line,
      output,
      side,
      { slope: seen.slope, step: seen.spacing },
      slopeOf(tableau, choice),
    );
  const refuted = refutedBy(tableau, choice, settings.noise);
  const far = refuted === null ? slopeBeyond(tableau, choice) : slopeOf(tableau, refuted);
  return far === null ? 0 : yield* jumpBetween(line, output, side, slopeOf(tableau, choice), far);
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
