import { remembered } from "../point/lines.ts";
import type { Start } from "../point/begin.ts";
import { survey } from "../point/survey.ts";
import type { Task } from "../point/survey.ts";
import type { LineEstimate } from "../types.ts";
import type { Colouring } from "./colouring.ts";
import { colouredLine } from "./coloured-line.ts";
import type { Group } from "./coloured-line.ts";
import type { Pace } from "./paces.ts";
import type { Pattern } from "./pattern.ts";

/**
 * The columns of each colour, those that may move both ways and those at a bound apart. A row sees the column of a group
 * in which it has its only place there; columns that cannot move are in no group.
 */
export function groupsOf(pattern: Pattern, { colours, count }: Colouring, paces: readonly Pace[]): Group[] {
  const members = Array.from({ length: 2 * count }, () => [] as number[]);
  colours.forEach((colour, column) => {
    const { kind } = paces[column]!;
    if (kind !== "none") members[2 * colour + (kind === "both" ? 0 : 1)]!.push(column);
  });
  return members
    .filter((columns) => columns.length > 0)
    .map((columns) => {
      const columnOf = new Int32Array(pattern.columnsOf.length).fill(-1);
      const several = new Set<number>();
      for (const column of columns) {
        for (const row of pattern.rowsOf[column]!) {
          if (columnOf[row] !== -1) several.add(row);
          columnOf[row] = column;
        }
      }
      for (const row of several) columnOf[row] = -1;
      return { columns, columnOf };
    });
}

/** Takes what a coloured line says of a place of the matrix, by the offset: `speed` times the derivative. */
export type Take = (row: number, column: number, estimate: LineEstimate, speed: number) => void;

/**
 * Follows the lines of all groups: one sweep for each serves all rows. A row that sees no column of a group should not
 * change along its line; where one does, its derivative, which must be zero, goes to `stray`.
 */
export function followGroups(
  start: Start,
  groups: readonly Group[],
  pattern: Pattern,
  paces: readonly Pace[],
  take: Take,
  stray: (row: number, estimate: LineEstimate) => void,
): void {
  const { point, settings } = start;
  const tasks = groups.map((group) => (): Task => {
    const rows = [...group.columnOf.keys()].filter((row) => group.columnOf[row]! >= 0);
    const untouched = new Set(point.centre.keys());
    for (const column of group.columns) for (const row of pattern.rowsOf[column]!) untouched.delete(row);
    const changed = new Set<number>();
    const line = remembered(colouredLine(start, paces, group));
    const watched = {
      ...line,
      ask: (offset: number): ReturnType<typeof line.ask> => {
        const { points, answer } = line.ask(offset);
        return {
          points,
          answer(values): ReturnType<typeof answer> {
            const sample = answer(values);
            for (const row of untouched)
              if (!Object.is(sample.values[row], point.centre[row])) changed.add(row);
            return sample;
          },
        };
      },
    };
    return {
      line: watched,
      aim: { order: 1, outputs: rows },
      settings,
      take: (estimates): void => {
        for (const row of rows) {
          const column = group.columnOf[row]!;
          take(row, column, estimates[row]!, paces[column]!.speed);
        }
        if (changed.size === 0) return;
        const outputs = [...changed];
        const check = (found: readonly LineEstimate[]): void =>
          outputs.forEach((row) => stray(row, found[row]!));
        survey(point, [(): Task => ({ line, aim: { order: 1, outputs }, settings, take: check })]);
      },
    };
  });
  survey(point, tasks);
}
