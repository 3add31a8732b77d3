import type { FlatFunction, Tensor } from "@fluxion/core";
import type { Settings } from "../options.ts";
import { split } from "../point/blocks.ts";
import type { Coordinates } from "../point/coordinates.ts";
import * as differences from "../point/estimates.ts";
import { numbers, type Numbers, type Place, places, put } from "../point/estimates.ts";
import type { Direction } from "../point/lines.ts";
import { Point } from "../point/point.ts";
import { type LineEstimate, noEstimate } from "../types.ts";
import { lanesFor } from "./lanes.ts";
import { areOrdinary, complexValues, noiseOf, plainSlopes, slopesOf, stepFor } from "./slopes.ts";
import { type Claim, contradicted } from "./verify.ts";

/** Whether the caller looks at the errors, or only at whether there is a number. */
export type Purpose = "numbers" | "bounds";

/** The Jacobian, `[output entry][input entry]`: one call of f with complex numbers for each entry of the inputs. */
export function jacobian(point: Point, coordinates: readonly Coordinates[], purpose: Purpose): Numbers {
  const columns = places(point.inputs);
  const result = numbers(point.centre.length * columns.length);
  const directions = columns.map((place) => unit(point.inputs, place));
  const found = directions.map((direction, column) =>
    along(point, coordinates, direction, column === 0 ? "bounds" : purpose),
  );
  const speeds = columns.map((place, column) => speedOf(point, coordinates, place, column));
  const rows = point.centre.length;
  const claims = Array.from({ length: rows }, (_, row) =>
    combined(
      found.map(({ estimates }) => estimates[row]!),
      speeds,
      found[0]?.noise[row] ?? 0,
    ),
  );
  const wrong = refuted(point, coordinates, direct(point.inputs, columns, speeds), claims);
  found.forEach(({ estimates }, column) => {
    estimates.forEach((estimate, row) =>
      put(result, row * columns.length + column, wrong.get(row) ?? estimate),
    );
  });
  return result;
}

/** The directional derivative of every output entry. */
export function directional(
  point: Point,
  coordinates: readonly Coordinates[],
  direction: Direction,
): Numbers {
  const result = numbers(point.centre.length);
  if (!direction.some((speeds) => speeds?.some((speed) => speed !== 0))) return result;
  slopes(point, coordinates, direction).forEach((estimate, row) => put(result, row, estimate));
  return result;
}

/** The derivatives of all outputs along a direction, from one call of f with complex numbers. */
export function slopes(
  point: Point,
  coordinates: readonly Coordinates[],
  direction: Direction,
): LineEstimate[] {
  const { estimates, noise } = along(point, coordinates, direction, "bounds");
  const claims = estimates.map((estimate, row) => combined([estimate], [1], noise[row]!));
  const wrong = refuted(point, coordinates, direction, claims);
  return estimates.map((estimate, row) => wrong.get(row) ?? estimate);
}

/** Gradient and Hessian of a scalar: the Hessian is the Jacobian, by adaptive differences, of gradients by complex steps. */
export function hessian(
  point: Point,
  coordinates: readonly Coordinates[],
  settings: Settings,
  purpose: Purpose,
): { readonly gradient: Numbers; readonly hessian: Numbers } {
  const gradient = jacobian(point, coordinates, purpose);
  const around = gradients(point, coordinates, gradient);
  const result = differences.jacobian(around, coordinates, smooth(settings));
  const count = gradient.values.length;
  for (let i = 0; i < count; i++) for (let j = 0; j < i; j++) settle(result, i * count + j, j * count + i);
  return { gradient, hessian: result };
}

/** H·v of a scalar: the derivative along v, by adaptive differences, of gradients by complex steps. */
export function hessianVector(
  point: Point,
  coordinates: readonly Coordinates[],
  vector: Direction,
  settings: Settings,
): Numbers {
  const gradient = jacobian(point, coordinates, "numbers");
  return differences.directional(
    gradients(point, coordinates, gradient),
    coordinates,
    vector,
    smooth(settings),
  );
}

/** The settings for differences of gradients: the noise of f is not theirs. */
export function smooth(settings: Settings): Settings {
  return { ...settings, method: "adaptive", noise: 0 };
}

/** Of two entries that are equal, the one that is better known. */
function settle({ values, errors }: Numbers, a: number, b: number): void {
  const [better, other] = errors[a]! <= errors[b]! ? [a, b] : [b, a];
  values[other] = values[better]!;
  errors[other] = errors[better]!;
}

/** The gradient as a function of its own, at the point. */
export function gradients(
  point: Point,
  coordinates: readonly Coordinates[],
  at: Pick<Numbers, "values">,
): Point {
  const f: FlatFunction = (inputs) => {
    const gradient = new Float64Array(at.values.length).fill(NaN);
    // Where real numbers leave the domain of f, complex ones may not.
    const values = point.evaluate(inputs);
    if (values.every(Number.isFinite)) {
      places(inputs).forEach((place, i) => {
        const direction = unit(inputs, place);
        const step = stepFor(inputs, coordinates, direction);
        const [first] = complexValues(
          point.call, inputs, direction, step, lanesFor.numbers, point.outputs,
        ); // prettier-ignore
        gradient[i] = first!.im[0]! / step;
      });
    }
    return split(gradient, inputs);
  };
  return new Point(f, point.inputs, split(at.values, point.inputs));
}

/** The slopes of all outputs along a direction; bounds are looked at where the real parts are not the values of f. */
function along(
  point: Point,
  coordinates: readonly Coordinates[],
  direction: Direction,
  purpose: Purpose,
): { readonly estimates: readonly LineEstimate[]; readonly noise: Float64Array } {
  const step = stepFor(point.inputs, coordinates, direction);
  const lanes = lanesFor[purpose];
  const values = complexValues(point.call, point.inputs, direction, step, lanes, point.outputs);
  if (purpose === "numbers") {
    const [first] = values as [(typeof values)[0]];
    return areOrdinary(first, step, point.centre)
      ? { estimates: plainSlopes(first, step), noise: new Float64Array(point.centre.length) }
      : along(point, coordinates, direction, "bounds");
  }
  return {
    estimates: slopesOf(values, lanes, step, point.centre),
    noise: noiseOf(values, lanes, point.centre.length),
  };
}

/** What outputs get that real differences contradict, or that have another value at every call. */
function refuted(
  point: Point,
  coordinates: readonly Coordinates[],
  direction: Direction,
  claims: readonly Claim[],
): ReadonlyMap<number, LineEstimate> {
  const wrong = contradicted(point, coordinates, direction, claims);
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
function combined(estimates: readonly LineEstimate[], speeds: readonly number[], noise: number): Claim {
  let [slope, size, error] = [0, 0, 0];
  estimates.forEach((estimate, i) => {
    const term = estimate.value * speeds[i]!;
    slope += term;
    size += Math.abs(term);
    error += estimate.error * Math.abs(speeds[i]!);
  });
  return { slope, size, error, noise };
}

function unit(inputs: readonly Tensor[], { input, entry }: Place): Direction {
  const direction = inputs.map(({ size }, i) => (i === input ? new Float64Array(size) : null));
  direction[input]![entry] = 1;
  return direction;
}

/** A direction without a pattern that f might share: every coordinate moves by a part of its own size, some backwards. */
function speedOf(
  { inputs }: Point,
  coordinates: readonly Coordinates[],
  { input, entry }: Place,
  index: number,
): number {
  const size = Math.abs(inputs[input]!.data[entry]!) || coordinates[input]!.typical[entry]!;
  const part = 0.5 + 0.5 * Math.abs(Math.sin((index + 1) ** 2));
  return size * part * (Math.sin(3 * (index + 1)) < 0 ? -1 : 1);
}

function direct(inputs: readonly Tensor[], columns: readonly Place[], speeds: readonly number[]): Direction {
  const direction = inputs.map(({ size }) => new Float64Array(size));
  columns.forEach(({ input, entry }, column) => {
    direction[input]![entry] = speeds[column]!;
  });
  return direction;
}
