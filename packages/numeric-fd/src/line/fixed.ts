import { sizesOf } from "./granularity.ts";
import { exactStep, offsetOf } from "./line.ts";
import type { Line, Sample } from "./line.ts";
import type { Search } from "./search.ts";
import { roomOn } from "./sweep.ts";
import { stencil } from "../stencil/stencil.ts";
import type { Stencil } from "../stencil/stencil.ts";
import { noEstimate } from "../types.ts";
import type { LineEstimate, Side } from "../types.ts";

const epsilon = Number.EPSILON;
const factorials = [1, 1, 2, 6, 24];
/** The second step at which the stencil is evaluated: a part of the first that shares no period with it. */
const secondStep = 0.7310585786300049;

/** The points next to x that show by how much values of f scatter, in spacings. */
const closely: Record<Side, readonly number[]> = {
  central: [-2, -1, 1, 2],
  forward: [1, 2, 3, 4],
  backward: [-1, -2, -3, -4],
};

export interface FixedSettings {
  readonly side: Side;
  readonly order: number;
  readonly accuracyOrder: number;
  readonly noise: number;
}

/**
 * The step that balances truncation, C h^p f^(q+p), against rounding, S ε |f| / h^q, for a function whose derivatives
 * are of its own size when x is counted in units of the scale: h = scale · (q S ε / (p C))^(1/(q+p)).
 */
export function balancedStep(
  { derivativeOrder: q, accuracyOrder: p, amplification, truncation }: Stencil,
  scale: number,
): number {
  return scale * ((q * amplification * epsilon) / 2 / (p * truncation)) ** (1 / (q + p));
}

/** The derivatives of outputs, each in its place, by one stencil of one step, which others check. */
export function* fixed(
  line: Line,
  settings: FixedSettings,
  outputs: readonly number[],
): Search<LineEstimate[]> {
  const { side, order, accuracyOrder, noise } = settings;
  const main = stencil(side, order, accuracyOrder);
  const finer = stencil(side, order, accuracyOrder + (side === "central" ? 2 : 1));
  const reach = Math.abs(finer.offsets.at(-1)!);
  const wanted = Math.min(balancedStep(main, line.scale), roomOn(line, side) / reach);
  const estimates = Array.from(line.centre, () => noEstimate("unresolved", side));
  if (wanted < 8 * line.resolution) return estimates;
  const [step, second] = [exactStep(wanted, line), exactStep(secondStep * wanted, line)];
  const [nearOffsets, otherOffsets] = [finer.offsets, main.offsets].map((all) => all.filter((o) => o !== 0));
  const spacing = Math.min(Math.max(64 * line.resolution, 2 ** -26 * step), step / 2);
  const samples = yield [
    ...nearOffsets!.map((offset) => offset * step),
    ...otherOffsets!.map((offset) => offset * second),
    ...closely[side].map((offset) => offset * 2 ** Math.floor(Math.log2(spacing))),
  ];
  const near: Samples = new Map(nearOffsets!.map((offset, i) => [offset, samples[i]!]));
  const other: Samples = new Map(otherOffsets!.map((offset, i) => [offset, samples[near.size + i]!]));
  const close = samples.slice(near.size + other.size);
  const gain = main.amplification / second ** order;
  const estimateOf = (output: number): LineEstimate => {
    const centre = line.centre[output]!;
    // Weights sum to zero: changes of f do for its values, lose nothing and keep a constant's derivative 0.
    const change =
      (samples: Samples) =>
      (offset: number): number =>
        offset === 0 ? 0 : samples.get(offset)!.values[output]! - centre;
    const span = spanOf(near, output, step);
    const value = apply(main, change(near), span);
    const checks = [
      apply(finer, change(near), span),
      apply(main, change(other), spanOf(other, output, second)),
    ];
    const scatter = scatterOf(close, output, centre);
    if (![centre, value, scatter, ...checks].every(Number.isFinite)) return noEstimate("nonFinite", side);
    const changes = [...near.keys()].map((offset) => Math.abs(change(near)(offset)));
    const size = sizesOf(samples, output, centre, Math.max(...changes)).behind;
    const blur = Math.max(epsilon * size, epsilon * Math.abs(centre), 3 * scatter, noise);
    const perturbation = blur * gain + 4 * epsilon * Math.abs(value);
    const gauge = (factorials[order]! * Math.abs(missAtCentre(finer, change(near)))) / step ** order;
    const difference = Math.max(gauge, ...checks.map((check) => Math.abs(check - value)));
    if (difference > Math.max(0.001 * Math.max(...changes) * gain, 4 * perturbation))
      return noEstimate("unresolved", side, value);
    const status = side === "central" ? "ok" : "oneSided";
    return { value, error: 4 * difference + 2 * perturbation, step, order: accuracyOrder, side, status };
  };
  for (const output of outputs) estimates[output] = estimateOf(output);
  return estimates;
}

/** What was seen at multiples of a step. */
type Samples = ReadonlyMap<number, Sample>;

/**
 * The standard deviation of closely spaced values about a line: the rounding of all that f computes, of numbers that are
 * larger than its values, too.
 */
function scatterOf(samples: readonly Sample[], output: number, centre: number): number {
  const points = samples.map(
    (sample) => [offsetOf(sample, output), sample.values[output]! - centre] as const,
  );
  points.push([0, 0]);
  const mean = (part: (point: readonly [number, number]) => number): number =>
    points.reduce((total, point) => total + part(point), 0) / points.length;
  const [x, y] = [mean(([offset]) => offset), mean(([, change]) => change)];
  const slope =
    mean(([offset, change]) => (offset - x) * (change - y)) / mean(([offset]) => (offset - x) ** 2);
  const squares = mean(([offset, change]) => (change - y - slope * (offset - x)) ** 2);
  return Math.sqrt((squares * points.length) / (points.length - 2));
}

/** The step that the points really have: their farthest distance over what it is meant to be. */
function spanOf(samples: Samples, output: number, step: number): number {
  const offsets = [...samples.keys()];
  const low = Math.min(0, ...offsets);
  const high = Math.max(0, ...offsets);
  const at = (offset: number): number => (offset === 0 ? 0 : offsetOf(samples.get(offset)!, output));
  return high === low ? step : (at(high) - at(low)) / (high - low);
}

function apply(
  { offsets, weights, derivativeOrder }: Stencil,
  change: (offset: number) => number,
  step: number,
): number {
  let total = 0;
  offsets.forEach((offset, i) => (total += weights[i]! * change(offset)));
  return total / step ** derivativeOrder;
}

/** How far the value at x is from the polynomial through all other points: large at a spike or a kink, which differences miss. */
function missAtCentre({ side, offsets }: Stencil, change: (offset: number) => number): number {
  const reach = Math.abs(offsets.at(-1)!);
  // The highest difference on the grid, divided by its weight at x.
  const highest = stencil(side, side === "central" ? 2 * reach : reach, side === "central" ? 2 : 1);
  return apply(highest, change, 1) / highest.weights[highest.offsets.indexOf(0)]!;
}
