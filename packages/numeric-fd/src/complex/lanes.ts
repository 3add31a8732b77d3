import { type ComplexArray, isReal } from "./array.ts";

/** One of several evaluations of f that run side by side, operator by operator. */
export interface Lane {
  /** The step of this lane, in units of the step of the first. */
  readonly pace: number;
  /** Whether every operator's last digits are changed at random, as if it had rounded differently. */
  readonly isPerturbed: boolean;
}

const straight: Lane = { pace: 1, isPerturbed: false };

/** The same with shorter steps: where the quotients differ, they have not converged. */
const shorter: readonly Lane[] = [2 ** -4, 2 ** -8].map((pace) => ({ pace, isPerturbed: false }));

const perturbed: readonly Lane[] = Array.from({ length: 4 }, () => ({ pace: 1, isPerturbed: true }));

/** What gives a number, and what gives a bound for it. */
export const lanesFor: Readonly<Record<"numbers" | "bounds", readonly Lane[]>> = {
  numbers: [straight],
  bounds: [straight, ...shorter, ...perturbed],
};

/** Half the distance from 1 to the next float64: a correctly rounded result is off by so much at most. */
export const UNIT: number = 2 ** -53;

/** Numbers between −1 and 1, the same in every run. Source: the generator mulberry32, by T. Ettinger. */
export class Dice {
  #state = 0x5eed;

  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  }

  /** Every part of every number changed by up to some units of rounding. */
  perturb(numbers: ComplexArray, units: number): ComplexArray {
    const change = (part: number): number => part * (1 + units * UNIT * this.roll());
    const { shape, re, im } = numbers;
    return { shape, re: re.map(change), im: isReal(numbers) ? im : im.map(change) };
  }
}
