import type { Tensor } from "@fluxion/core";
import type { LineEstimate } from "../types.ts";
import type { Start } from "./begin.ts";
import { coordinateLine, directionLine, remembered } from "./lines.ts";
import type { Direction } from "./lines.ts";
import { mixedDerivatives } from "./mixed.ts";
import type { Pair } from "./mixed.ts";
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
    return [along(1, gradient, i), along(2, result, i * count + i)];
  });
  survey(point, tasks);
  const units = entries.map((place) => unit(start, place));
  const pairs = units.flatMap((u, i) =>
    units.slice(0, i).flatMap((v, j) => {
      const take: Pair["take"] = (estimate, factor, lengths) => {
        result.put(i * count + j, estimate, factor, lengths.u);
        result.put(j * count + i, estimate, factor, lengths.v);
      };
      return isWanted(i, j) ? [{ u, v, take }] : [];
    }),
  );
  mixedDerivatives(start, pairs);
  return { gradient, hessian: result };
}

/** H·v of a scalar: for each entry the mixed derivative along it and along v. */
export function hessianVector(start: Start, vector: Direction): Numbers {
  const { point } = start;
  const entries = places(point.inputs);
  const result = new Numbers(entries.length);
  const moving = entries.some(({ input, entry }) => (vector[input]?.[entry] ?? 0) !== 0);
  if (!moving) return result;
  mixedDerivatives(
    start,
    entries.map((place, i) => ({
      u: unit(start, place),
      v: vector,
      take: (estimate, factor, lengths) => result.put(i, estimate, factor, lengths.u),
    })),
  );
  return result;
}

function unit(start: Start, { input, entry }: Place): Direction {
  const direction = start.point.inputs.map(({ size }, i) => (i === input ? new Float64Array(size) : null));
  direction[input]![entry] = 1;
  return direction;
}
