import type { Random } from "fast-check";
import { Refused } from "./refused.ts";

/** Random choices from fast-check's generator, so that a seed and a path replay them. */
export class Choice {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** An integer from `low` to `high`, both included. Throws `Refused` when there is none. */
  integer(low: number, high: number): number {
    if (high < low) throw new Refused("there is nothing to choose from");
    return this.#random.nextInt(low, high);
  }

  chance(percent: number): boolean {
    return this.integer(1, 100) <= percent;
  }

  one<T>(items: readonly T[]): T {
    return items[this.integer(0, items.length - 1)]!;
  }

  /** An item with a probability proportional to its integer weight. */
  weighted<T>(items: readonly T[], weight: (item: T) => number): T {
    let left = this.integer(
      1,
      items.reduce((total, item) => total + weight(item), 0),
    );
    return items.find((item) => (left -= weight(item)) <= 0)!;
  }

  shuffled<T>(items: readonly T[]): readonly T[] {
    const result = [...items];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [result[i], result[j]] = [result[j]!, result[i]!];
    }
    return result;
  }

  /** A number with two decimals in this range, not 0. */
  number(low: number, high: number): number {
    return (this.integer(Math.ceil(low * 100), Math.floor(high * 100)) || 1) / 100;
  }
}
