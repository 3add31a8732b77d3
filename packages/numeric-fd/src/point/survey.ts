import { approximate } from "../line/approximate.ts";
import type { Aim } from "../line/approximate.ts";
import type { Line } from "../line/line.ts";
import { follow } from "../line/search.ts";
import type { Settings } from "../options.ts";
import type { LineEstimate } from "../types.ts";
import type { Inputs, Point } from "./point.ts";

/** A line, what is asked about it, and who takes the answers. */
export interface Task {
  readonly line: Line<Inputs>;
  readonly aim: Aim;
  readonly settings: Settings;
  readonly take: (estimates: readonly LineEstimate[]) => void;
}

/** Tableaus that are kept at once, one for each output and line, and numbers of the points that are asked for at once. */
const MOST_TABLEAUS = 2 ** 14;
const MOST_NUMBERS = 2 ** 22;
/** Levels that every sweep looks at, so that they can be asked for at once. */
const LEVELS_AHEAD = 6;

/**
 * Carries out tasks: one line after the other, or, where f takes many points at once, many lines in lockstep, so that a
 * level of all their sweeps is one call of f. The numbers are the same. Lines are made when their turn comes.
 */
export function survey(point: Point, tasks: readonly (() => Task)[]): void {
  const together = point.isBatched ? linesTogether(point) : 1;
  const ahead = point.isBatched ? LEVELS_AHEAD : 1;
  for (let start = 0; start < tasks.length; start += together) {
    const group = tasks.slice(start, start + together).map((make) => make());
    const courses = group.map(({ line, aim, settings }) => ({
      line,
      search: approximate(line, { ahead, ...aim }, settings),
    }));
    follow(courses, (points) => point.evaluate(points)).forEach((estimates, i) => group[i]!.take(estimates));
  }
}

function linesTogether({ centre, inputs }: Point): number {
  const size = inputs.reduce((total, input) => total + input.size, 1);
  const lines = Math.min(
    MOST_TABLEAUS / Math.max(1, centre.length),
    MOST_NUMBERS / (4 * LEVELS_AHEAD * size),
  );
  return Math.max(1, Math.floor(lines));
}
