import type { Big } from "../reference/big.ts";
import { bitPattern } from "../reference/sampling.ts";

type Interval = readonly [low: number, high: number];

/** A function of numbers, what it should be, where to look, and how far it may be off. */
export type Case = {
  readonly name: string;
  readonly computed: (...at: readonly number[]) => number;
  readonly exact: (...at: readonly Big[]) => Big;
  /** Where the points are drawn, in words. */
  readonly domain: string;
  readonly draw: (random: () => number) => readonly number[];
  readonly adversarial: readonly (readonly number[])[];
  /** Units in the last place, or an error relative to max(|exact|, floor) for functions with zeros at odd places. */
  readonly limit: { readonly ulps: number } | { readonly relative: number; readonly floor: number };
  /** The engine's own function, where it has one, for comparison. */
  readonly engine?: (...at: readonly number[]) => number;
};

/** What every elementary function promises. Own code is held to less, so that a lost correction is seen. */
const ULPS = 2;

/** Draws from the intervals by turns: half of the points random bit patterns, half of them uniform. */
export function from(intervals: readonly Interval[]): Case["draw"] {
  let n = 0;
  return (random) => {
    const [low, high] = intervals[(n >> 1) % intervals.length]!;
    // low + (high - low)·u, where high - low may overflow.
    const u = random();
    return n++ % 2 === 0 ? [bitPattern(low, high, random)] : [low * (1 - u) + high * u];
  };
}

/** A function of one number, drawn from the intervals. */
export function unary(
  computed: (x: number) => number,
  exact: (x: Big) => Big,
  intervals: readonly Interval[],
  adversarial: readonly number[],
  limit: number = ULPS,
): Case {
  const { name } = computed;
  const engine = (Math as unknown as Record<string, ((...at: readonly number[]) => number) | undefined>)[
    name
  ];
  return {
    name,
    computed: computed,
    exact: exact,
    domain: intervals.map(([low, high]) => `${show(low)} … ${show(high)}`).join("; "),
    draw: from(intervals),
    adversarial: adversarial.map((x) => [x]),
    limit: { ulps: limit },
    ...(engine && { engine }),
  };
}

function show(x: number): string {
  return Math.abs(x) === Number.MAX_VALUE ? `${x < 0 ? "-" : ""}max` : String(Number(x.toPrecision(4)));
}

const TINY = [
  Number.MIN_VALUE,
  5e-320,
  2 ** -1022,
  1e-300,
  1e-160,
  1e-30,
  1e-17,
  1e-9,
  2 ** -28,
  2 ** -27,
  1e-5,
];
const HUGE = [1e9, 1e15, 2 ** 52, 1e16, 1e22, 1e100, 1e154, 1e155, 1e300, 5e307, 8e307, Number.MAX_VALUE];

export const tiny = { positive: TINY, negative: TINY.map((x) => -x), both: TINY.flatMap((x) => [x, -x]) };
export const huge = { positive: HUGE, both: HUGE.flatMap((x) => [x, -x]) };
