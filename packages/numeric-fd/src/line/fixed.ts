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

/**
 * The points beside x, in spacings, that show with x by how much values of f scatter. They are not equally spaced, so that no
 * grid on which f is rounded meets all of them at one phase.
 */
const beside: Record<Side, readonly number[]> = {
  central: [-3.14, -1.87, -1, 1.31, 2.19, 3.03],
  forward: [1, 2.31, 3.19, 4.03, 5.36, 6.14],
  backward: [-6.14, -5.36, -4.03, -3.19, -2.31, -1],
};
/** Their distance in scales: fourth differences of f's own shape are below its rounding there. */
const closeness = 2 ** -18;

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
  // Not nearer because the step is shorter: terms that cancel in f are rounded on grids that are coarser than f.
  const spacing = Math.min(Math.max(64 * line.resolution, closeness * line.scale), roomOn(line, side) / 8);
  const samples = yield [
    ...nearOffsets!.map((offset) => offset * step),
    ...otherOffsets!.map((offset) => offset * second),
    ...beside[side].map((offset) => offset * spacing),
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
    const rounding = Math.max(epsilon * size, epsilon * Math.abs(centre), noise);
    const perturbed = (blur: number): number => blur * gain + 4 * epsilon * Math.abs(value);
    const gauge = (factorials[order]! * Math.abs(missAtCentre(finer, change(near)))) / step ** order;
    const difference = Math.max(gauge, ...checks.map((check) => Math.abs(check - value)));
    // What scatters may be a wave that the step is too coarse for: it widens a bound, and excuses no checks that disagree.
    if (difference > Math.max(0.001 * Math.max(...changes) * gain, 4 * perturbed(rounding)))
      return noEstimate("unresolved", side, value);
    const status = side === "central" ? "ok" : "oneSided";
    const error = 4 * difference + 2 * perturbed(Math.max(rounding, 3 * scatter));
    return { value, error, step, order: accuracyOrder, side, status };
  };
  for (const output of outputs) estimates[output] = estimateOf(output);
  return estimates;
}

/** What was seen at multiples of a step. */
type Samples = ReadonlyMap<number, Sample>;

/**
 * The standard deviation of closely spaced values about a smooth curve: the rounding of all that f computes, of numbers that
 * are larger than its values, too. A divided difference Σ w f of k + 1 points removes polynomials below order k and leaves of
 * independent noise ε the variance ε² Σ w²; the largest level of the orders 4 to 6 counts, as few numbers may look calm.
 */
function scatterOf(samples: readonly Sample[], output: number, centre: number): number {
  const points = [
    [0, 0] as const,
    ...samples.map((sample) => [offsetOf(sample, output), sample.values[output]! - centre] as const),
  ];
  points.sort(([a], [b]) => a - b);
  let level = 0;
  for (let order = 4; order < points.length; order++) {
    const windows = points.slice(order).map((_, i) => leftOver(points.slice(i, i + order + 1)));
    const squares = windows.reduce((total, left) => total + left * left, 0);
    level = Math.max(level, Math.sqrt(squares / windows.length));
  }
  return level;
}

/** The divided difference of points, in units of the noise that it would have if theirs was 1. */
function leftOver(points: readonly (readonly [offset: number, value: number])[]): number {
  const reach = points.at(-1)![0] - points[0]![0];
  let [total, squares] = [0, 0];
  for (const [x, value] of points) {
    const weight = points.reduce(
      (product, [other]) => (other === x ? product : (product * reach) / (x - other)),
      1,
    );
    total += weight * value;
    squares += weight * weight;
  }
  return total / Math.sqrt(squares);
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
