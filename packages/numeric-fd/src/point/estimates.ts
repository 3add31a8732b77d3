import type { Tensor } from "@fluxion/core";
import type { LineEstimate } from "../types.ts";
import type { Start } from "./begin.ts";
import { coordinateLine, directionLine, mixedLine, remembered } from "./lines.ts";
import type { Direction } from "./lines.ts";
import { Numbers } from "./numbers.ts";
import { survey } from "./survey.ts";
import type { Task } from "./survey.ts";

/** One entry of one input. */
export interface Place {
  readonly input: number;
  readonly entry: number;
}

export function places(inputs: readonly Tensor[]): Place[] {
  return inputs.flatMap(({ size }, input) => Array.from({ length: size }, (_, entry) => ({ input, entry })));
}

/** The Jacobian, `[output entry][input entry]`: one sweep for each entry of the inputs serves all outputs. */
export function jacobian(start: Start): Numbers {
  const { point, coordinates, settings } = start;
  const columns = places(point.inputs);
  const result = new Numbers(point.centre.length * columns.length);
  survey(
    point,
    columns.map(({ input, entry }, column) => (): Task => ({
      line: coordinateLine(point, coordinates[input]!, input, entry),
      aim: { order: 1 },
      settings,
      take: (estimates) =>
        estimates.forEach((estimate, row) => result.put(row * columns.length + column, estimate)),
    })),
  );
  return result;
}

/** The directional derivative of every output entry. */
export function directional(start: Start, direction: Direction): Numbers {
  const { point, coordinates, settings } = start;
  const result = new Numbers(point.centre.length);
  const moving = places(point.inputs).filter(({ input, entry }) => (direction[input]?.[entry] ?? 0) !== 0);
  if (moving.length === 0) return result;
  const [{ input, entry }] = moving as [Place];
  const single = moving.length === 1;
  const line = single
    ? coordinateLine(point, coordinates[input]!, input, entry)
    : directionLine(point, coordinates, direction);
  const factor = single ? direction[input]![entry]! : 1;
  const take = (estimates: readonly LineEstimate[]): void =>
    estimates.forEach((estimate, row) => result.put(row, estimate, factor));
  survey(point, [(): Task => ({ line, aim: { order: 1 }, settings, take })]);
  return result;
}

/** Gradient and Hessian of a scalar. */
export interface SecondOrder {
  readonly gradient: Numbers;
  readonly hessian: Numbers;
}

/**
 * Gradient and Hessian of a scalar: the diagonal shares its values with the gradient, each pair of entries has a sweep of
 * its own. Pairs that a pattern leaves out are exact zeros.
 */
export function hessian(start: Start, isWanted: (i: number, j: number) => boolean = () => true): SecondOrder {
  const { point, coordinates, settings } = start;
  const entries = places(point.inputs);
  const count = entries.length;
  const gradient = new Numbers(count);
  const result = new Numbers(count * count);
  const tasks = entries.flatMap((place, i) => {
    const line = remembered(coordinateLine(point, coordinates[place.input]!, place.input, place.entry));
    const along = (order: 1 | 2, into: Numbers, at: number) => (): Task => ({
      line,
      aim: { order },
      settings,
      take: ([estimate]) => into.put(at, estimate!),
    });
    const across = [...entries.keys()]
      .filter((j) => j < i && isWanted(i, j))
      .map((j) => (): Task => {
        const [u, v] = [unit(start, place), unit(start, entries[j]!)];
        return mixed(start, u, v, (estimate) => {
          result.put(i * count + j, estimate, factorOf(u, v), u.length);
          result.put(j * count + i, estimate, factorOf(u, v), v.length);
        });
      });
    return [along(1, gradient, i), along(2, result, i * count + i), ...across];
  });
  survey(point, tasks);
  return { gradient, hessian: result };
}

/** H·v of a scalar: for each entry the mixed derivative along it and along v. */
export function hessianVector(start: Start, vector: Direction): Numbers {
  const { point, coordinates } = start;
  const entries = places(point.inputs);
  const result = new Numbers(entries.length);
  const moving = entries.some(({ input, entry }) => (vector[input]?.[entry] ?? 0) !== 0);
  if (!moving) return result;
  const v = { direction: vector, length: stretch(point, coordinates, vector) };
  survey(
    point,
    entries.map((place, i) => (): Task => {
      const u = unit(start, place);
      return mixed(start, u, v, (estimate) => result.put(i, estimate, factorOf(u, v), u.length));
    }),
  );
  return result;
}

/** A direction, and the length at which it moves the inputs by about their own size. */
interface Scaled {
  readonly direction: Direction;
  readonly length: number;
}

function unit({ point, coordinates }: Start, { input, entry }: Place): Scaled {
  const direction = point.inputs.map(({ size }, i) => (i === input ? new Float64Array(size) : null));
  direction[input]![entry] = 1;
  return { direction, length: stretch(point, coordinates, direction) };
}

function stretch(point: Start["point"], coordinates: Start["coordinates"], direction: Direction): number {
  return powerOfTwo(directionLine(point, coordinates, direction).scale);
}

/** 1/(4 |u| |v|), for the second derivative along a line of differences is 4 uᵀHv. */
function factorOf(u: Scaled, v: Scaled): number {
  return 1 / (4 * u.length * v.length);
}

/** The search for the second derivative along a line of differences. */
function mixed(
  { point, coordinates, settings }: Start,
  u: Scaled,
  v: Scaled,
  take: (estimate: LineEstimate) => void,
): Task {
  return {
    line: mixedLine(point, coordinates, times(u), times(v)),
    aim: { order: 2 },
    settings: { ...settings, noise: 2 * settings.noise },
    take: ([estimate]) => take(estimate!),
  };
}

function times({ direction, length }: Scaled): Direction {
  return direction.map((speeds) => speeds && speeds.map((speed) => length * speed));
}

function powerOfTwo(x: number): number {
  return 2 ** Math.round(Math.log2(x));
}
