import type { Line, Question } from "../line/line.ts";
import type { Start } from "../point/begin.ts";
import { beyondNumbers, extentOf } from "../point/lines.ts";
import { concrete } from "../point/point.ts";
import type { Inputs } from "../point/point.ts";
import type { Pace } from "./paces.ts";

/** Columns that move together, and for every row the one of them that it sees; -1 where it sees none or several. */
export interface Group {
  readonly columns: readonly number[];
  readonly columnOf: Int32Array;
}

/**
 * f along the line on which every column of a group moves at its own pace. The offset of an output is that which its own
 * column really has after rounding, in units of its pace.
 */
export function colouredLine(
  { point, coordinates }: Start,
  paces: readonly Pace[],
  group: Group,
): Line<Inputs> {
  const moving = group.columns.map((column) => paces[column]!);
  const touched = new Set(moving.map(({ input }) => input));
  const direction = point.inputs.map(({ size }, i) => (touched.has(i) ? new Float64Array(size) : null));
  for (const { input, entry, speed } of moving) direction[input]![entry] = speed;
  const places = new Map(group.columns.map((column, i) => [column, i]));
  let evaluations = 0;
  return {
    centre: point.centre,
    ...extentOf(point.inputs, coordinates, [direction]),
    evaluations: () => evaluations,
    ask(offset): Question<Inputs> {
      const stores = point.inputs.map(({ data }, i) => (touched.has(i) ? Float64Array.from(data) : null));
      const reached = moving.map(({ input, entry, speed }) => {
        const { lower, upper } = coordinates[input]!;
        const x = stores[input]![entry]!;
        const moved = Math.min(upper[entry]!, Math.max(lower[entry]!, x + offset * speed));
        stores[input]![entry] = moved;
        return (moved - x) / speed;
      });
      if (!reached.every(Number.isFinite)) return beyondNumbers(point, offset);
      evaluations++;
      const inputs = point.inputs.map((input, i) => (stores[i] == null ? input : concrete(stores[i], input)));
      const offsets = Float64Array.from(group.columnOf, (column) =>
        column < 0 ? offset : reached[places.get(column)!]!,
      );
      return { points: [inputs], answer: ([values]) => ({ offset, offsets, values: values! }) };
    },
    again: () => point.again(),
  };
}
