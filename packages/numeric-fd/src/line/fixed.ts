import { sizeOf } from "./line.ts";
import type { Line, Sample } from "./line.ts";
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

/** The derivatives of all outputs by one stencil of one step, which others check. */
export function fixed(line: Line, settings: FixedSettings): LineEstimate[] {
  const { side, order, accuracyOrder, noise } = settings;
  const main = stencil(side, order, accuracyOrder);
  const finer = stencil(side, order, accuracyOrder + (side === "central" ? 2 : 1));
  const reach = Math.abs(finer.offsets.at(-1)!);
  const step = Math.min(balancedStep(main, line.scale), roomOn(line, side) / reach);
  if (step < 8 * line.resolution) return Array.from(line.centre, () => noEstimate("unresolved", side));
  const near = samplesOn(line, finer.offsets, step);
  const other = samplesOn(line, main.offsets, secondStep * step);
  const gain = main.amplification / (secondStep * step) ** order;
  return Array.from(line.centre, (centre, output) => {
    // Weights sum to zero: changes of f do for its values, lose nothing and keep a constant's derivative 0.
    const change =
      (samples: Samples) =>
      (offset: number): number =>
        offset === 0 ? 0 : samples.get(offset)!.values[output]! - centre;
    const value = apply(main, change(near), spanOf(near, step));
    const checks = [
      apply(finer, change(near), spanOf(near, step)),
      apply(main, change(other), spanOf(other, secondStep * step)),
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
  });
}

type Samples = ReadonlyMap<number, Sample>;

function samplesOn(line: Line, offsets: readonly number[], step: number): Samples {
  return new Map(offsets.filter((offset) => offset !== 0).map((offset) => [offset, line.at(offset * step)]));
}

/** The step that the points really have: their farthest distance over what it is meant to be. */
function spanOf(samples: Samples, step: number): number {
  const offsets = [...samples.keys()];
  const low = Math.min(0, ...offsets);
  const high = Math.max(0, ...offsets);
  const at = (offset: number): number => (offset === 0 ? 0 : samples.get(offset)!.offset);
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
