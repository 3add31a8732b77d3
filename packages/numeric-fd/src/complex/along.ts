import type { Tensor } from "@fluxion/core";
import type { Start } from "../point/begin.ts";
import type { Place } from "../point/estimates.ts";
import type { Direction } from "../point/lines.ts";
import { type LineEstimate, noEstimate } from "../types.ts";
import { lanesFor } from "./lanes.ts";
import { areOrdinary, complexValues, noiseOf, plainSlopes, slopesOf, stepFor } from "./slopes.ts";
import { type Claim, contradicted } from "./verify.ts";

/** Whether the caller looks at the errors, or only at whether there is a number. */
export type Purpose = "numbers" | "bounds";

/** What one call of f with complex numbers says: the slopes of all outputs, and by how much rounding changes their values. */
export interface Along {
  readonly estimates: readonly LineEstimate[];
  readonly noise: Float64Array;
}

/** The slopes of all outputs along a direction; bounds are looked at where the real parts are not the values of f. */
export function along(start: Start, direction: Direction, purpose: Purpose): Along {
  const { point, coordinates } = start;
  const step = stepFor(point.inputs, coordinates, direction);
  const lanes = lanesFor[purpose];
  const values = complexValues(point.call, point.inputs, direction, step, lanes, point.outputs);
  if (purpose === "numbers") {
    const [first] = values as [(typeof values)[0]];
    return areOrdinary(first, step, point.centre)
      ? { estimates: plainSlopes(first, step), noise: new Float64Array(point.centre.length) }
      : along(start, direction, "bounds");
  }
  return {
    estimates: slopesOf(values, lanes, step, point.centre),
    noise: noiseOf(values, lanes, point.centre.length),
  };
}

/** What outputs get that real differences contradict, or that have another value at every call. */
export function refuted(
  start: Start,
  direction: Direction,
  claims: readonly Claim[],
): ReadonlyMap<number, LineEstimate> {
  const { point } = start;
  const wrong = contradicted(start, direction, claims);
  const failed = [...claims.keys()].filter((row) => Number.isNaN(claims[row]!.slope));
  if (wrong.length + failed.length === 0) return new Map();
  const again = point.again();
  const changing = [...wrong, ...failed].filter((row) => !Object.is(again[row], point.centre[row]));
  return new Map([
    ...wrong.map((row) => [row, noEstimate("notAnalytic")] as const),
    ...changing.map((row) => [row, noEstimate("nondeterministic")] as const),
  ]);
}

/** Some slopes as one along their common direction. */
export function combined(
  estimates: readonly Pick<LineEstimate, "value" | "error">[],
  speeds: readonly number[],
  noise: number,
): Claim {
  let [slope, size, error] = [0, 0, 0];
  estimates.forEach((estimate, i) => {
    const term = estimate.value * speeds[i]!;
    slope += term;
    size += Math.abs(term);
    error += estimate.error * Math.abs(speeds[i]!);
  });
  return { slope, size, error, noise };
}

export function unit(inputs: readonly Tensor[], { input, entry }: Place): Direction {
  const direction = inputs.map(({ size }, i) => (i === input ? new Float64Array(size) : null));
  direction[input]![entry] = 1;
  return direction;
}

/** A coordinate's own size: |x|, or the typical size of a 0. */
export function sizeOf({ point, coordinates }: Start, { input, entry }: Place): number {
  return Math.abs(point.inputs[input]!.data[entry]!) || coordinates[input]!.typical[entry]!;
}

/** A direction without a pattern that f might share: every coordinate moves by a part of its own size, some backwards. */
export function speedOf(start: Start, place: Place, index: number): number {
  const part = 0.5 + 0.5 * Math.abs(Math.sin((index + 1) ** 2));
  return sizeOf(start, place) * part * (Math.sin(3 * (index + 1)) < 0 ? -1 : 1);
}

/** The direction in which every one of some coordinates moves at its speed. */
export function direct(
  inputs: readonly Tensor[],
  columns: readonly Place[],
  speeds: readonly number[],
): Direction {
  const direction = inputs.map(({ size }) => new Float64Array(size));
  columns.forEach(({ input, entry }, column) => {
    direction[input]![entry] = speeds[column]!;
  });
  return direction;
}
