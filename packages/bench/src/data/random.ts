import { randomLcg, randomNormal, randomUniform } from "d3-random";

/** A source of reproducible numbers: the same seed gives the same arrays on every machine. */
export interface RandomSource {
  /** `count` draws of a normal variable with mean 0. */
  normal(count: number, deviation?: number): Float64Array;
  /** `count` draws between `low` and `high`. */
  uniform(count: number, low: number, high: number): Float64Array;
}

/**
 * A source started at an integer seed.
 *
 * @example
 * import { seeded } from "@fluxion/bench";
 * seeded(1).uniform(2, 0, 1).join() === seeded(1).uniform(2, 0, 1).join(); // => true
 */
export function seeded(seed: number): RandomSource {
  const generator = randomLcg(seed + 1);
  return {
    normal(count, deviation = 1) {
      const draw = randomNormal.source(generator)(0, deviation);
      return Float64Array.from({ length: count }, draw);
    },
    uniform(count, low, high) {
      const draw = randomUniform.source(generator)(low, high);
      return Float64Array.from({ length: count }, draw);
    },
  };
}
