import { offsetOf } from "./line.ts";
import type { Line, Sample } from "./line.ts";
import type { Search } from "./search.ts";
import type { Choice } from "./select.ts";
import type { Tableau } from "./tableau.ts";
import type { Side } from "../types.ts";

/** How often the place of a jump is halved: of a continuous change 2⁻⁶ is left. */
const halvings = 6;
/** The same where f is flat next to x, however steep it becomes: of a continuous change less than 2⁻¹² is left. */
const halvingsFromFlat = 16;
/** Steps of more than this part of f are those of a step function, not of rounding. */
const largest = 1 / 64;

/** A slope that holds between x and a distance from it. */
interface Slope {
  readonly slope: number;
  readonly step: number;
}

/**
 * The height of a jump of f where it leaves the slope next to x for the one farther out; 0 where it does so continuously.
 *
 * Values that were rounded to a grid, or cancelled by one term of f, are made of steps: next to x there is one step, as
 * smooth as can be, whose slope is that of no one's function. A fine wave has a slope of its own next to x, too, but no
 * jumps; small jumps tell that what finer steps see is noise, and how large it is.
 */
export function* jumpBetween(
  line: Line,
  output: number,
  side: Side,
  near: Slope,
  far: Slope,
): Search<number> {
  const gap = Math.abs(far.slope - near.slope);
  if (!(gap > 0)) return 0;
  const straight = (sample: Sample): number =>
    sample.values[output]! - line.centre[output]! - near.slope * offsetOf(sample, output);
  // What f bends next to x is no departure either.
  const directions = side === "central" ? [1, -1] : [side === "forward" ? 1 : -1];
  const first = (yield directions.map((direction) => direction * near.step)).map(straight);
  const bend = first.length === 1 ? 0 : (first[0]! + first[1]!) / 2 / near.step ** 2;
  let highest = 0;
  for (const [i, direction] of directions.entries()) {
    const departureAt = function* (step: number): Search<number> {
      const [sample] = yield [direction * step];
      return straight(sample!) - bend * step ** 2;
    };
    const begin = [near.step, first[i]! - bend * near.step ** 2] as const;
    const isFlat = near.slope === 0 && first.every((departure) => departure === 0);
    const jump = yield* isFlat
      ? jumpFromFlat(departureAt, near.step, far.step)
      : jumpOf(departureAt, begin, gap, far.step);
    if (jump <= largest * Math.abs(line.centre[output]!)) highest = Math.max(highest, jump);
  }
  return highest;
}

/** The height of the jump at which departures from a slope begin; 0 where they begin continuously, or not at all. */
function* jumpOf(
  departureAt: (step: number) => Search<number>,
  near: readonly [step: number, departure: number],
  gap: number,
  farthest: number,
): Search<number> {
  const leaves = (away: number, step: number): boolean => Math.abs(away) > (gap * step) / 2;
  let [inside, departureInside] = near;
  if (leaves(departureInside, inside)) return 0;
  let outside = inside;
  let departureOutside = departureInside;
  while (!leaves(departureOutside, outside)) {
    [inside, departureInside] = [outside, departureOutside];
    outside *= 2;
    if (outside > 2 * farthest) return 0;
    departureOutside = yield* departureAt(outside);
  }
  let jump = Math.abs(departureOutside - departureInside);
  for (let i = 0; i < halvings && jump > 0.25 * Math.abs(departureOutside); i++) {
    const middle = (inside + outside) / 2;
    const departureMiddle = yield* departureAt(middle);
    if (leaves(departureMiddle, middle)) [outside, departureOutside] = [middle, departureMiddle];
    else [inside, departureInside] = [middle, departureMiddle];
    jump = Math.abs(departureOutside - departureInside);
  }
  return jump > 0.25 * Math.abs(departureOutside) ? jump : 0;
}

/**
 * The same where f is flat next to x: any change is a departure there. A continuous one leaves little at its beginning.
 */
function* jumpFromFlat(
  departureAt: (step: number) => Search<number>,
  near: number,
  farthest: number,
): Search<number> {
  let [inside, outside] = [near, near];
  let departure = 0;
  while (departure === 0) {
    [inside, outside] = [outside, 2 * outside];
    if (outside > 2 * farthest) return 0;
    departure = yield* departureAt(outside);
  }
  const least = Math.abs(departure) * 2 ** -12;
  for (let i = 0; i < halvingsFromFlat && Math.abs(departure) > least; i++) {
    const middle = (inside + outside) / 2;
    const there = yield* departureAt(middle);
    if (there === 0) inside = middle;
    else [outside, departure] = [middle, there];
  }
  return Math.abs(departure) > least ? Math.abs(departure) : 0;
}

/** The slope that an entry of a tableau found, and down to what step. */
export function slopeOf({ rows }: Tableau, { level, column }: Pick<Choice, "level" | "column">): Slope {
  const { step, slopes } = rows[level]!;
  return { slope: slopes[column]!, step };
}

/** The change of f over the finest step that sees one, where the choice sees none; else null. */
export function slopeBeyond({ rows }: Tableau, { level }: Choice): Slope | null {
  if (rows[level]!.variation > 0) return null;
  const beyond = rows.findLast(({ variation }) => variation > 0);
  return beyond === undefined ? null : { slope: beyond.variation / beyond.step, step: beyond.step };
}
