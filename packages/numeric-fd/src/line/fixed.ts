import { offsetOf, sizeOf } from "./line.ts";
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
  const step = Math.min(balancedStep(main, line.scale), roomOn(line, side) / reach);
  const estimates = Array.from(line.centre, () => noEstimate("unresolved", side));
  if (step < 8 * line.resolution) return estimates;
  const [nearOffsets, otherOffsets] = [finer.offsets, main.offsets].map((all) => all.filter((o) => o !== 0));
  const samples = yield [
    ...nearOffsets!.map((offset) => offset * step),
    ...otherOffsets!.map((offset) => offset * secondStep * step),
  ];
  const near: Samples = new Map(nearOffsets!.map((offset, i) => [offset, samples[i]!]));
  const other: Samples = new Map(otherOffsets!.map((offset, i) => [offset, samples[near.size + i]!]));
  const gain = main.amplification / (secondStep * step) ** order;
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
      apply(main, change(other), spanOf(other, output, secondStep * step)),
    ];
    if (![centre, value, ...checks].every(Number.isFinite)) return noEstimate("nonFinite", side);
    const changes = [...near.keys()].map((offset) => Math.abs(change(near)(offset)));
    const size = Math.max(Math.abs(centre), ...[...near.values()].map((sample) => sizeOf(sample, output)));
    const perturbation = Math.max(epsilon * size, noise) * gain + 4 * epsilon * Math.abs(value);
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
