/** The numbers between two ends; ends are not part of a domain. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A union of intervals, ascending and apart. */
export type Intervals = readonly Interval[];

export const REALS: Intervals = [{ low: -Infinity, high: Infinity }];
export const POSITIVE: Intervals = [{ low: 0, high: Infinity }];
export const NONZERO: Intervals = [
  { low: -Infinity, high: 0 },
  { low: 0, high: Infinity },
];

export function between(low: number, high: number): Intervals {
  return [{ low, high }];
}

/** Numbers of either sign whose magnitude lies between two. */
export function ofMagnitude(low: number, high: number): Intervals {
  return [
    { low: -high, high: -low },
    { low, high },
  ];
}

/** Single numbers. */
export function onlyAt(...points: readonly number[]): Intervals {
  return points.map((point) => ({ low: point, high: point }));
}

/**
 * True when x lies inside one of the intervals, or is one of them that has no inside.
 *
 * @example
 * import { contains, domains } from "@fluxion/core/domains";
 * contains(domains.log.operands[0]!.domain, 0); // => false
 */
export function contains(intervals: Intervals, x: number): boolean {
  return intervals.some(({ low, high }) => (low < x && x < high) || (low === high && x === low));
}

/**
 * The number at a fraction (from 0 to 1) of the way through bounded intervals, one after the other: uniform fractions
 * give uniform numbers. Single numbers are all equally likely.
 *
 * @example
 * import { domains, pointIn } from "@fluxion/core/domains";
 * pointIn(domains.atanh.operands[0]!.sample, 0.5); // => 0
 */
export function pointIn(intervals: Intervals, fraction: number): number {
  const total = intervals.reduce((sum, { low, high }) => sum + high - low, 0);
  if (total === 0)
    return intervals[Math.min(intervals.length - 1, Math.floor(fraction * intervals.length))]!.low;
  let rest = fraction * total;
  for (const { low, high } of intervals) {
    if (rest <= high - low) return low + rest;
    rest -= high - low;
  }
  return intervals.at(-1)!.high;
}
