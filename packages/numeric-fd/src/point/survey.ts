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

/** Numbers that the tableaus of the lines that are followed together may have, roughly: outputs × lines. */
const LARGEST_GROUP = 2 ** 14;
/** Levels that every sweep looks at, so that they can be asked for at once. */
const LEVELS_AHEAD = 6;

/**
 * Carries out tasks: one line after the other, or, where f takes many points at once, many lines in lockstep, so that a
 * level of all their sweeps is one call of f. The numbers are the same. Lines are made when their turn comes.
 */
export function survey(point: Point, tasks: readonly (() => Task)[]): void {
  const together = point.isBatched
    ? Math.max(1, Math.floor(LARGEST_GROUP / Math.max(1, point.centre.length)))
    : 1;
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
