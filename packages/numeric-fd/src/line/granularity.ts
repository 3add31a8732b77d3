import type { Sample } from "./line.ts";
import { sizeOf } from "./line.ts";

/** The size of values of f, that of the numbers that seem to be behind them (the same, or larger), and whether f is made of steps. */
export interface Sizes {
  readonly known: number;
  readonly behind: number;
  readonly isStep: boolean;
}

/**
 * The size of the numbers whose rounding an output carries, as samples show it. Where large terms of f cancel, its values
 * are multiples of the last digit of those terms, which is more than their own. What never changes by much more than a
 * grain is a step, not a rounded number, unless the grain is next to rounding.
 */
export function sizesOf(
  samples: readonly Sample[],
  output: number,
  centre: number,
  largestChange: number,
): Sizes {
  let size = 0;
  let grain = Infinity;
  for (const sample of samples) {
    size = Math.max(size, sizeOf(sample, output));
    grain = Math.min(grain, granularity(sample.values[output]! - centre));
  }
  const isStep = grain > largestChange / 64 && grain > 64 * Number.EPSILON * Math.max(size, Math.abs(centre));
  return { known: size, behind: isStep ? size : Math.max(size, grain / 2 / Number.EPSILON), isStep };
}

const bits = new DataView(new ArrayBuffer(8));

/** The largest power of two of which x is a multiple; Infinity for 0. */
export function granularity(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return Infinity;
  bits.setFloat64(0, x);
  const [high, low] = [bits.getUint32(0), bits.getUint32(4)];
  const exponent = (high >>> 20) & 0x7ff;
  const mantissa = (high & 0xfffff) | (exponent === 0 ? 0 : 0x100000);
  const zeros = low === 0 ? 32 + trailingZeros(mantissa) : trailingZeros(low);
  const power = Math.max(exponent, 1) - 1075 + zeros;
  return 2 ** power;
}

function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word);
}
