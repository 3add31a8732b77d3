import { ulp } from "../line/line.ts";
import type { Start } from "../point/begin.ts";
import { directionLine } from "../point/lines.ts";
import type { Numbers } from "../point/numbers.ts";
import { survey } from "../point/survey.ts";
import type { Task } from "../point/survey.ts";
import type { LineEstimate } from "../types.ts";
import type { Pace } from "./paces.ts";

/** What a look along another direction says of a matrix that was put together from a pattern. */
export interface Verdict {
  /** Rows whose derivative along the direction is not what their entries make of it. */
  readonly violated: readonly { readonly row: number; readonly found: number; readonly expected: number }[];
  /** Rows that have entries, and no derivative along the direction that could be compared. */
  readonly unknown: readonly number[];
  /** Whether all columns were looked at: one with an entry that has no number is left out. */
  readonly isComplete: boolean;
}

/**
 * Compares J·v with the derivative along v, for a v that no colouring knows of: a place that the pattern leaves out
 * changes the one and not the other. Costs a sweep; a second one where some columns may move one way only.
 */
export function verify(start: Start, matrix: Numbers, paces: readonly Pace[]): Verdict {
  const { point, coordinates, settings } = start;
  const [rows, columns] = [point.centre.length, paces.length];
  const isSound = (column: number): boolean => {
    for (let row = 0; row < rows; row++)
      if (matrix.errors[row * columns + column] === Infinity && Number.isFinite(point.centre[row]))
        return false;
    return true;
  };
  const sound = [...paces.keys()].filter((column) => paces[column]!.kind !== "none" && isSound(column));
  const violated: { row: number; found: number; expected: number }[] = [];
  const unknown = new Set<number>();
  const tasks = (["both", "one"] as const).flatMap((kind) => {
    const moving = sound.filter((column) => paces[column]!.kind === kind);
    if (moving.length === 0) return [];
    const speeds = new Map(moving.map((column) => [column, share(column, kind) * paces[column]!.speed]));
    const direction = point.inputs.map(({ size }) => new Float64Array(size));
    for (const [column, speed] of speeds) direction[paces[column]!.input]![paces[column]!.entry] = speed;
    const compare = (found: LineEstimate, row: number): void => {
      if (!Number.isFinite(point.centre[row])) return;
      const { value, bound, blur } = along(start, matrix, paces, row, speeds);
      if (found.error === Infinity) unknown.add(row);
      else if (Math.abs(found.value - value) > bound + found.error + (4 * blur) / found.step)
        violated.push({ row, found: found.value, expected: value });
    };
    return [
      (): Task => ({
        line: directionLine(point, coordinates, direction),
        aim: { order: 1 },
        settings,
        take: (estimates) => estimates.forEach(compare),
      }),
    ];
  });
  survey(point, tasks);
  return { violated, unknown: [...unknown], isComplete: sound.length === columns };
}

/** Σ of a row's entries times the speeds, its bound, and how much values of the row blur as positions are rounded. */
function along(
  { point }: Start,
  { values, errors }: Numbers,
  paces: readonly Pace[],
  row: number,
  speeds: ReadonlyMap<number, number>,
): { readonly value: number; readonly bound: number; readonly blur: number } {
  let [value, bound, blur] = [0, 0, 0];
  for (const [column, speed] of speeds) {
    const at = row * paces.length + column;
    const { input, entry } = paces[column]!;
    const term = values[at]! * speed;
    value += term;
    bound += errors[at]! * Math.abs(speed) + 8 * Number.EPSILON * Math.abs(term);
    blur += Math.abs(values[at]!) * ulp(point.inputs[input]!.data[entry]!);
  }
  return { value, bound, blur };
}

/** Between ½ and 1, of either sign where a column may move both ways: the same in every run, and alike for no two columns. */
export function share(column: number, kind: "both" | "one"): number {
  const part = ((column + 1) * 0.6180339887498949) % 1;
  const sign = kind === "both" && ((column + 1) * Math.SQRT2) % 1 < 0.5 ? -1 : 1;
  return (sign * (1 + part)) / 2;
}
