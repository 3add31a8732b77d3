import type { Tensor } from "@fluxion/core";
import { ulp } from "../line/line.ts";
import type { Line, Question, Sample } from "../line/line.ts";
import type { Coordinates } from "./coordinates.ts";
import { concrete } from "./point.ts";
import type { Inputs, Point } from "./point.ts";

/** A direction in the space of all inputs; null where it has no component. */
export type Direction = readonly (Float64Array | null)[];

/** f along one coordinate: the offsets are differences of float64 numbers, exactly. */
export function coordinateLine(
  point: Point,
  { lower, upper, typical }: Coordinates,
  input: number,
  entry: number,
): Line<Inputs> {
  const like = point.inputs[input]!;
  const x = like.data[entry]!;
  const store = Float64Array.from(like.data);
  let evaluations = 0;
  return {
    centre: point.centre,
    scale: Math.max(Math.abs(x), typical[entry]!),
    magnitude: Math.abs(x),
    resolution: ulp(x),
    lowest: lower[entry]! - x,
    highest: upper[entry]! - x,
    evaluations: () => evaluations,
    ask(offset): Question<Inputs> {
      const moved = Math.min(upper[entry]!, Math.max(lower[entry]!, x + offset));
      if (!Number.isFinite(moved)) return beyondNumbers(point, moved - x);
      evaluations++;
      store[entry] = moved;
      // A store of its own for every call: f may keep what it is given.
      const inputs = point.inputs.with(input, concrete(store.slice(), like));
      return { points: [inputs], answer: ([values]) => ({ offset: moved - x, values: values! }) };
    },
    again: () => point.again(),
  };
}

/** What is seen at an offset that leads beyond all numbers: f is not called there. */
export function beyondNumbers(point: Point, offset: number): Question<Inputs> {
  const nowhere = { offset, values: new Float64Array(point.centre.length).fill(NaN) };
  return { points: [], answer: () => nowhere };
}

/** f along a direction, from the point. */
export function directionLine(
  point: Point,
  coordinates: readonly Coordinates[],
  direction: Direction,
): Line<Inputs> {
  let evaluations = 0;
  return {
    centre: point.centre,
    ...extentOf(point.inputs, coordinates, [direction]),
    evaluations: () => evaluations,
    ask(offset): Question<Inputs> {
      const inputs = move(point.inputs, coordinates, direction, offset);
      const isThere = inputs.every((input, i) => direction[i] == null || input.data.every(Number.isFinite));
      if (!isThere) return beyondNumbers(point, offset);
      evaluations++;
      return { points: [inputs], answer: ([values]) => ({ offset, values: values! }) };
    },
    again: () => point.again(),
  };
}

/** A line that calls f once for an offset, however often it is asked: derivatives of two orders share their values. */
export function remembered(line: Line<Inputs>): Line<Inputs> {
  const samples = new Map<number, Sample | null>();
  return {
    ...line,
    ask(offset): Question<Inputs> {
      // A sample that somebody else has asked for in the same round is there when this one is answered.
      if (samples.has(offset)) return { points: [], answer: () => samples.get(offset)! };
      samples.set(offset, null);
      const { points, answer } = line.ask(offset);
      return {
        points,
        answer(values): Sample {
          const sample = answer(values);
          samples.set(offset, sample);
          return sample;
        },
      };
    },
  };
}

type Extent = Pick<Line, "scale" | "magnitude" | "resolution" | "lowest" | "highest">;

/** How far and how finely lines in some directions may be followed: the narrowest of all entries that move. */
export function extentOf(
  inputs: readonly Tensor[],
  coordinates: readonly Coordinates[],
  directions: readonly Direction[],
): Extent {
  const extent = {
    scale: Infinity,
    magnitude: Infinity,
    resolution: 0,
    lowest: -Infinity,
    highest: Infinity,
  };
  for (const direction of directions) {
    direction.forEach((speeds, i) => {
      speeds?.forEach((speed, entry) => {
        if (speed === 0) return;
        const x = inputs[i]!.data[entry]!;
        const { typical, lower, upper } = coordinates[i]!;
        const pace = Math.abs(speed);
        const [behind, ahead] = [(x - lower[entry]!) / pace, (upper[entry]! - x) / pace];
        extent.scale = Math.min(extent.scale, Math.max(Math.abs(x), typical[entry]!) / pace);
        if (x !== 0) extent.magnitude = Math.min(extent.magnitude, Math.abs(x) / pace);
        extent.resolution = Math.max(extent.resolution, ulp(x) / pace);
        extent.highest = Math.min(extent.highest, speed > 0 ? ahead : behind);
        extent.lowest = Math.max(extent.lowest, speed > 0 ? -behind : -ahead);
      });
    });
  }
  return { ...extent, magnitude: extent.magnitude === Infinity ? 0 : extent.magnitude };
}

export function move(
  inputs: readonly Tensor[],
  coordinates: readonly Coordinates[],
  direction: Direction,
  offset: number,
): Tensor[] {
  return inputs.map((input, i) => {
    const speeds = direction[i] ?? null;
    if (speeds === null) return input;
    const { lower, upper } = coordinates[i]!;
    const store = Float64Array.from(input.data, (x, entry) =>
      Math.min(upper[entry]!, Math.max(lower[entry]!, x + offset * speeds[entry]!)),
    );
    return concrete(store, input);
  });
}
