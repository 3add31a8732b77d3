import type { Tensor } from "@fluxion/core";
import { approximate } from "../line/approximate.ts";
import type { Settings } from "../options.ts";
import type { LineEstimate, Status } from "../types.ts";
import type { Coordinates } from "./coordinates.ts";
import { coordinateLine, directionLine, mixedLine, remembered } from "./lines.ts";
import type { Direction } from "./lines.ts";
import type { Point } from "./point.ts";

/** A linear map from all inputs to all outputs, or numbers of either, with a bound for every entry. */
export interface Numbers {
  readonly values: Float64Array;
  readonly errors: Float64Array;
  /** The most serious status of all entries, and where it was met. */
  status: Status;
  worst: number;
}

const severity: readonly Status[] = [
  "ok",
  "noisy",
  "oneSided",
  "kink",
  "notAnalytic",
  "unresolved",
  "nonFinite",
  "nondeterministic",
];

/** One entry of one input. */
export interface Place {
  readonly input: number;
  readonly entry: number;
}

export function places(inputs: readonly Tensor[]): Place[] {
  return inputs.flatMap(({ size }, input) => Array.from({ length: size }, (_, entry) => ({ input, entry })));
}

export function numbers(length: number): Numbers {
  return { values: new Float64Array(length), errors: new Float64Array(length), status: "ok", worst: 0 };
}

export function put(
  into: Numbers,
  at: number,
  { value, error, status }: Pick<LineEstimate, "value" | "error" | "status">,
  factor = 1,
): void {
  into.values[at] = value * factor;
  into.errors[at] = error * Math.abs(factor);
  if (severity.indexOf(status) > severity.indexOf(into.status)) [into.status, into.worst] = [status, at];
}

/** The Jacobian, `[output entry][input entry]`: one sweep for each entry of the inputs serves all outputs. */
export function jacobian(point: Point, coordinates: readonly Coordinates[], settings: Settings): Numbers {
  const columns = places(point.inputs);
  const result = numbers(point.centre.length * columns.length);
  columns.forEach(({ input, entry }, column) => {
    const line = coordinateLine(point, coordinates[input]!, input, entry);
    approximate(line, 1, settings).forEach((estimate, row) =>
      put(result, row * columns.length + column, estimate),
    );
  });
  return result;
}

/** The directional derivative of every output entry. */
export function directional(
  point: Point,
  coordinates: readonly Coordinates[],
  direction: Direction,
  settings: Settings,
): Numbers {
  const result = numbers(point.centre.length);
  const moving = places(point.inputs).filter(({ input, entry }) => (direction[input]?.[entry] ?? 0) !== 0);
  if (moving.length === 0) return result;
  const [{ input, entry }] = moving as [Place];
  const single = moving.length === 1;
  const line = single
    ? coordinateLine(point, coordinates[input]!, input, entry)
    : directionLine(point, coordinates, direction);
  const factor = single ? direction[input]![entry]! : 1;
  approximate(line, 1, settings).forEach((estimate, row) => put(result, row, estimate, factor));
  return result;
}

/** Gradient and Hessian of a scalar: the diagonal shares its values with the gradient, each pair of entries has a sweep of its own. */
export function hessian(
  point: Point,
  coordinates: readonly Coordinates[],
  settings: Settings,
): { readonly gradient: Numbers; readonly hessian: Numbers } {
  const entries = places(point.inputs);
  const count = entries.length;
  const gradient = numbers(count);
  const result = numbers(count * count);
  entries.forEach((place, i) => {
    const line = remembered(coordinateLine(point, coordinates[place.input]!, place.input, place.entry));
    put(gradient, i, first(approximate(line, 1, settings)));
    put(result, i * count + i, first(approximate(line, 2, settings)));
    for (let j = 0; j < i; j++) {
      const mixed = mixedDerivative(
        point,
        coordinates,
        unit(point, coordinates, place),
        unit(point, coordinates, entries[j]!),
        settings,
      );
      put(result, i * count + j, mixed);
      put(result, j * count + i, mixed);
    }
  });
  return { gradient, hessian: result };
}

/** H·v of a scalar: for each entry the mixed derivative along it and along v. */
export function hessianVector(
  point: Point,
  coordinates: readonly Coordinates[],
  vector: Direction,
  settings: Settings,
): Numbers {
  const entries = places(point.inputs);
  const result = numbers(entries.length);
  const moving = entries.some(({ input, entry }) => (vector[input]?.[entry] ?? 0) !== 0);
  if (!moving) return result;
  const scaled = { direction: vector, length: stretch(point, coordinates, vector) };
  entries.forEach((place, i) =>
    put(result, i, mixedDerivative(point, coordinates, unit(point, coordinates, place), scaled, settings)),
  );
  return result;
}

/** A direction, and the length at which it moves the inputs by about their own size. */
interface Scaled {
  readonly direction: Direction;
  readonly length: number;
}

function unit(point: Point, coordinates: readonly Coordinates[], { input, entry }: Place): Scaled {
  const direction = point.inputs.map(({ size }, i) => (i === input ? new Float64Array(size) : null));
  direction[input]![entry] = 1;
  return { direction, length: stretch(point, coordinates, direction) };
}

function stretch(point: Point, coordinates: readonly Coordinates[], direction: Direction): number {
  return powerOfTwo(directionLine(point, coordinates, direction).scale);
}

function mixedDerivative(
  point: Point,
  coordinates: readonly Coordinates[],
  u: Scaled,
  v: Scaled,
  settings: Settings,
): LineEstimate {
  const line = mixedLine(point, coordinates, times(u), times(v));
  const estimate = first(approximate(line, 2, { ...settings, noise: 2 * settings.noise }));
  const factor = 1 / (4 * u.length * v.length);
  return { ...estimate, value: estimate.value * factor, error: estimate.error * factor };
}

function times({ direction, length }: Scaled): Direction {
  return direction.map((speeds) => speeds && speeds.map((speed) => length * speed));
}

function first(estimates: readonly LineEstimate[]): LineEstimate {
  return estimates[0]!;
}

function powerOfTwo(x: number): number {
  return 2 ** Math.round(Math.log2(x));
}
