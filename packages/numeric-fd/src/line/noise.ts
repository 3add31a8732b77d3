import { sizeOf } from "./line.ts";
import type { Line, Sample } from "./line.ts";
import type { Search } from "./search.ts";
import type { Side } from "../types.ts";

const points = 6;

/** What closely spaced values of f tell about one output. */
export interface Noise {
  /** The standard deviation of the noise in f, in its own units; 0 where none was seen. */
  readonly level: number;
  /** The slope through the points, and how far noise of that level can turn it; Infinity where half of the steps are flat. */
  readonly slope: number;
  readonly slopeError: number;
  /** The distance of neighbouring points. */
  readonly spacing: number;
}

/**
 * The noise of outputs of f near x, each in the place of its output, from 6 equally spaced values (5 new evaluations).
 * The spacing is rounded to a power of two, so that the points are where they are meant to be.
 *
 * Differences of order k remove a smooth trend; what is left of independent noise ε has variance ε² (2k)! / (k!)².
 * The first k after which three levels agree, with changes of sign, gives ε.
 * Source: ECnoise; J. J. Moré and S. M. Wild, Estimating computational noise, SIAM J. Sci. Comput. 33 (2011).
 */
export function* measureNoise(
  line: Line,
  wanted: number,
  side: Side,
  outputs: readonly number[],
): Search<Noise[]> {
  const spacing = 2 ** Math.round(Math.log2(wanted));
  const start = side === "forward" ? 0 : side === "backward" ? -(points - 1) : -Math.floor(points / 2);
  const multiples = Array.from({ length: points }, (_, i) => start + i);
  const seen = yield multiples.filter((multiple) => multiple !== 0).map((multiple) => multiple * spacing);
  const samples = [...seen.slice(0, -start), centreOf(line), ...seen.slice(-start)];
  const noise: Noise[] = [];
  for (const output of outputs) {
    const size = samples.reduce((most, sample) => Math.max(most, sizeOf(sample, output)), 0);
    const values = samples.map(({ values }) => values[output]!);
    noise[output] = noiseOf(values, size, spacing);
  }
  return noise;
}

function centreOf({ centre }: Line): Sample {
  return { offset: 0, values: centre };
}

function noiseOf(values: readonly number[], size: number, spacing: number): Noise {
  if (size === 0 || !Number.isFinite(size)) return { level: 0, slope: 0, slopeError: Infinity, spacing };
  if (values.every((value) => value === values[0]))
    return { level: 0, slope: 0, slopeError: Infinity, spacing };
  const level = size * standardDeviation(values.map((value) => value / size));
  const slope = (values[points - 1]! - values[0]!) / ((points - 1) * spacing);
  const steps = values.slice(1).map((value, i) => value - values[i]!);
  const bends = steps.slice(1).map((step, i) => Math.abs(step - steps[i]!));
  const flat = steps.filter((step) => step === 0).length;
  const blur = Math.max(level, size * Number.EPSILON, ...bends);
  return { level, slope, slopeError: 2 * flat >= points - 1 ? Infinity : (4 * blur) / spacing, spacing };
}

function standardDeviation(values: readonly number[]): number {
  let differences = values.slice();
  const levels: number[] = [];
  const changes: boolean[] = [];
  let weight = 1;
  for (let k = 1; k < points; k++) {
    differences = differences.slice(1).map((value, i) => value - differences[i]!);
    weight *= (0.5 * k) / (2 * k - 1);
    const square = differences.reduce((total, value) => total + value * value, 0) / differences.length;
    levels.push(Math.sqrt(weight * square));
    changes.push(differences.some((value) => value > 0) && differences.some((value) => value < 0));
  }
  for (let k = 0; k + 2 < levels.length; k++) {
    const window = levels.slice(k, k + 3);
    if (changes[k]! && Math.max(...window) <= 4 * Math.min(...window)) return levels[k]!;
  }
  return 0;
}
