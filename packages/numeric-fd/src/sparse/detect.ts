import type { Start } from "../point/begin.ts";
import { places } from "../point/estimates.ts";
import type { Place } from "../point/estimates.ts";
import { concrete } from "../point/point.ts";
import type { Inputs } from "../point/point.ts";
import { patternOf } from "./pattern.ts";
import type { Pattern } from "./pattern.ts";

/** Where an entry is moved to, in its own size, to see what changes with it. */
const moves = [0.1731, -0.0371];

/**
 * Which outputs depend on which inputs, in about three evaluations for each input. An entry of the inputs that is NaN
 * makes every output NaN that is computed from it; two other values change those that see it through a comparison or a
 * maximum, which swallow NaN. NaN is not tried where the entry has bounds, as it lies within none, and tells nothing where
 * f throws. An entry about which nothing was found out counts as one that everything depends on.
 *
 * An output that neither shows counts as independent. That can be wrong: a branch taken nowhere that was looked at.
 */
export function detect(start: Start): Pattern {
  const { point } = start;
  const entries = places(point.inputs);
  const probes = entries.flatMap((place, column) =>
    probesOf(start, place).map((value) => ({ place, column, value })),
  );
  const dependent: (readonly [row: number, column: number])[] = [];
  const silent = new Set(entries.keys());
  for (const portion of portionsOf(probes, entries.length)) {
    const moved = portion.map((probe) => movedTo(point.inputs, [probe]));
    point.explore(moved).forEach((values, i) => {
      if (values === null) return;
      const { column } = portion[i]!;
      silent.delete(column);
      values.forEach((value, row) => {
        if (!Object.is(value, point.centre[row])) dependent.push([row, column]);
      });
    });
  }
  for (const column of silent) for (const row of point.centre.keys()) dependent.push([row, column]);
  return patternOf(point.centre.length, entries.length, dependent);
}

/** Pairs of inputs that f does not add up independently of each other, and what the curvature of the others can be at most. */
export interface Pairs {
  readonly pattern: Pattern;
  readonly bounds: Float64Array;
}

/**
 * Which second derivatives of a scalar are there, in one evaluation for every pair: f(x + u + v) − f(x + u) − f(x + v) + f(x)
 * is 0 up to rounding where u and v do not meet. A pair that only meets elsewhere is missed.
 */
export function detectPairs(start: Start): Pairs {
  const { point, settings } = start;
  const entries = places(point.inputs);
  const size = entries.length;
  const moves = entries.flatMap((place, column) => {
    const value = probesOf(start, place).find(Number.isFinite);
    if (value === undefined) return [];
    const step = value - point.inputs[place.input]!.data[place.entry]!;
    const [alone] = point.evaluate([movedTo(point.inputs, [{ place, value }])]);
    return [{ place, column, value, step, alone: alone![0]! }];
  });
  const bounds = new Float64Array(size * size);
  // What cannot move tells nothing, and is left to the derivatives.
  const stuck = [...entries.keys()].filter((column) => moves.every((move) => move.column !== column));
  const found = stuck.flatMap((i) => entries.map((_, j) => [i, j] as const));
  const pairs = moves.flatMap((u, k) => moves.slice(0, k).map((v) => [u, v] as const));
  for (const portion of portionsOf(pairs, size)) {
    point.evaluate(portion.map((pair) => movedTo(point.inputs, pair))).forEach((values, k) => {
      const [u, v] = portion[k]!;
      const [both, centre] = [values[0]!, point.centre[0]!];
      const sum = [both, u.alone, v.alone, centre].reduce((total, value) => total + Math.abs(value), 0);
      const blur = 16 * Number.EPSILON * sum + 4 * settings.noise;
      if (!(Math.abs(both - u.alone - (v.alone - centre)) <= blur)) found.push([u.column, v.column]);
      const bound = Math.abs((2 * blur) / (u.step * v.step));
      bounds[u.column * size + v.column] = bound;
      bounds[v.column * size + u.column] = bound;
    });
  }
  return { pattern: patternOf(size, size, found), bounds };
}

/** Lists of probes of so many numbers each that their points fit into memory. */
function portionsOf<T>(probes: readonly T[], size: number): (readonly T[])[] {
  const length = Math.max(1, Math.floor(2 ** 21 / Math.max(1, size)));
  return Array.from({ length: Math.ceil(probes.length / length) }, (_, k) =>
    probes.slice(k * length, (k + 1) * length),
  );
}

/** NaN, where it may be tried, and other values for an entry. */
function probesOf({ point, coordinates }: Start, { input, entry }: Place): number[] {
  const { typical, lower, upper } = coordinates[input]!;
  const x = point.inputs[input]!.data[entry]!;
  const [low, high] = [lower[entry]!, upper[entry]!];
  const size = Math.max(Math.abs(x), typical[entry]!);
  const elsewhere = moves.map((move) => {
    const room = move > 0 ? high - x : x - low;
    // Where there is no room on one side, another point on the other.
    return room > 0
      ? x + Math.sign(move) * Math.min(Math.abs(move) * size, room)
      : x - Math.sign(move) * Math.min(Math.abs(move) * size, 0.4 * (high - low));
  });
  const isFree = low === -Infinity && high === Infinity;
  return (
    isFree ? [NaN, ...elsewhere] : elsewhere.map((value) => Math.min(high, Math.max(low, value)))
  ).filter((value) => value !== x);
}

function movedTo(
  inputs: Inputs,
  moves: readonly { readonly place: Place; readonly value: number }[],
): Inputs {
  const stores = inputs.map(({ data }) => Float64Array.from(data));
  for (const { place, value } of moves) stores[place.input]![place.entry] = value;
  return inputs.map((input, i) => concrete(stores[i]!, input));
}
