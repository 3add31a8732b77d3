import type { Start } from "../point/begin.ts";
import { directionLine } from "../point/lines.ts";
import type { Numbers } from "../point/numbers.ts";
import { survey } from "../point/survey.ts";
import type { Task } from "../point/survey.ts";
import type { LineEstimate } from "../types.ts";
import { pacesOf } from "./paces.ts";
import { share } from "./verify.ts";

/**
 * What contradicts a Hessian whose pattern left places out: the second derivative along a direction that moves all
 * columns is vᵀHv. Null when it agrees; entries stand for which nothing can be compared get no bound.
 */
export function verifyCurvature(start: Start, matrix: Numbers): string | null {
  const { point, coordinates, settings } = start;
  const paces = pacesOf(start);
  const size = paces.length;
  const hasBound = (column: number): boolean =>
    paces.every((_, row) => matrix.errors[row * size + column]! < Infinity);
  const moving = [...paces.keys()].filter((column) => paces[column]!.kind !== "none" && hasBound(column));
  const kind = moving.some((column) => paces[column]!.kind === "one") ? "one" : "both";
  const speeds = moving.map((column) => share(column, kind) * paces[column]!.speed);
  const direction = point.inputs.map(({ size }) => new Float64Array(size));
  moving.forEach((column, i) => (direction[paces[column]!.input]![paces[column]!.entry] = speeds[i]!));
  let [value, bound] = [0, 0];
  moving.forEach((row, i) =>
    moving.forEach((column, j) => {
      const term = matrix.values[row * size + column]! * speeds[i]! * speeds[j]!;
      value += term;
      bound +=
        matrix.errors[row * size + column]! * Math.abs(speeds[i]! * speeds[j]!) +
        8 * Number.EPSILON * Math.abs(term);
    }),
  );
  let problem: string | null = null;
  const compare = ([found]: readonly LineEstimate[]): void => {
    if (found!.error === Infinity) {
      // Nothing confirms the pattern.
      for (const row of moving)
        for (let column = 0; column < size; column++)
          if (matrix.errors[row * size + column]! < Infinity)
            matrix.refuse(row * size + column, "unresolved");
    } else if (Math.abs(found!.value - value) > bound + found!.error)
      problem = `along a test direction the second derivative of f is ${found!.value}, and the entries make ${value}`;
  };
  if (moving.length > 0)
    survey(point, [
      (): Task => ({
        line: directionLine(point, coordinates, direction),
        aim: { order: 2 },
        settings,
        take: compare,
      }),
    ]);
  return problem;
}
