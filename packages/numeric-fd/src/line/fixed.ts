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
  const { side, order, accuracyOrder } = settings;
  const main = stencil(side, order, accuracyOrder);
  const finer = stencil(side, order, accuracyOrder + (side === "central" ? 2 : 1));
  const reach = Math.abs(finer.offsets.at(-1)!);
  const step = Math.min(balancedStep(main, line.scale), roomOn(line, side) / reach);
  if (step < 8 * line.resolution) return Array.from(line.centre, () => noEstimate("unresolved", side));
  const near = samplesOn(line, finer.offsets, step);
  const other = samplesOn(line, main.offsets, secondStep * step);
  return Array.from(line.centre, (centre, output) => {
    const valueAt =
      (samples: ReadonlyMap<number, Sample>) =>
      (offset: number): number =>
        offset === 0 ? centre : samples.get(offset)!.values[output]!;
    // The weights sum to zero: changes of f lose nothing and keep a constant's derivative 0.
    const changeAt =
      (samples: ReadonlyMap<number, Sample>) =>
      (offset: number): number =>
        valueAt(samples)(offset) - centre;
    const value = apply(main, changeAt(near), spanOf(near, step));
    const checks = [
      apply(finer, changeAt(near), spanOf(near, step)),
      apply(main, changeAt(other), spanOf(other, secondStep * step)),
    ];
    return judge(value, checks, main, finer, valueAt(near), centre, step, settings);
  });
}

function samplesOn(line: Line, offsets: readonly number[], step: number): Map<number, Sample> {
  return new Map(offsets.filter((offset) => offset !== 0).map((offset) => [offset, line.at(offset * step)]));
}

/** The step that the points really have: their farthest distance over what it is meant to be. */
function spanOf(samples: ReadonlyMap<number, Sample>, step: number): number {
  const offsets = [...samples.keys()];
  const low = Math.min(0, ...offsets);
  const high = Math.max(0, ...offsets);
  const at = (offset: number): number => (offset === 0 ? 0 : samples.get(offset)!.offset);
  return high === low ? step : (at(high) - at(low)) / (high - low);
}

function apply(
  { offsets, weights, derivativeOrder }: Stencil,
  value: (offset: number) => number,
  step: number,
): number {
  let total = 0;
  offsets.forEach((offset, i) => (total += weights[i]! * value(offset)));
  return total / step ** derivativeOrder;
}

function judge(
  value: number,
  checks: readonly number[],
  main: Stencil,
  finer: Stencil,
  at: (offset: number) => number,
  centre: number,
  step: number,
  { side, order, noise }: FixedSettings,
): LineEstimate {
  const values = finer.offsets.map(at);
  if (!Number.isFinite(centre) || ![value, ...values, ...checks].every(Number.isFinite))
    return noEstimate("nonFinite", side);
  const size = values.reduce((most, v) => Math.max(most, Math.abs(v)), Math.abs(centre));
  const variation = values.reduce((most, v) => Math.max(most, Math.abs(v - centre)), 0);
  const gain = main.amplification / (secondStep * step) ** order;
  const perturbation = Math.max(epsilon * size, noise) * gain + 4 * epsilon * Math.abs(value);
  const gauge = (factorials[order]! * Math.abs(missAtCentre(finer, at, centre))) / step ** order;
  const difference = Math.max(gauge, ...checks.map((check) => Math.abs(check - value)));
  if (difference > 0.001 * variation * gain && difference > 4 * perturbation)
    return noEstimate("unresolved", side, value);
  return {
    value,
    error: 4 * difference + 2 * perturbation,
    step,
    order: main.accuracyOrder,
    side,
    status: side === "central" ? "ok" : "oneSided",
  };
}

/** How far the value at x is from the polynomial through all other points: large at a spike or a kink, which differences miss. */
function missAtCentre({ side, offsets }: Stencil, at: (offset: number) => number, centre: number): number {
  const reach = Math.abs(offsets.at(-1)!);
  // The highest difference on the grid, divided by its weight at x.
  const highest = stencil(side, side === "central" ? 2 * reach : reach, side === "central" ? 2 : 1);
  let total = 0;
  let own = 1;
  highest.offsets.forEach((offset, i) => {
    if (offset === 0) own = highest.weights[i]!;
    total += highest.weights[i]! * (offset === 0 ? centre : at(offset));
  });
  return total / own;
}
