import { representable } from "../types.ts";
import type { Entry, LineEstimate, Side, Status } from "../types.ts";

/** From harmless to serious. */
const statuses: readonly Status[] = [
  "ok",
  "noisy",
  "oneSided",
  "kink",
  "notAnalytic",
  "unresolved",
  "nonFinite",
  "nondeterministic",
];
const sides: readonly Side[] = ["central", "forward", "backward"];

/** A list of derivatives, row-major where it is a matrix, with the figures of each. All are exact zeros at first. */
export class Numbers {
  readonly values: Float64Array;
  readonly errors: Float64Array;
  readonly #steps: Float64Array;
  readonly #orders: Uint8Array;
  readonly #sides: Uint8Array;
  readonly #statuses: Uint8Array;

  constructor(length: number) {
    this.values = new Float64Array(length);
    this.errors = new Float64Array(length);
    this.#steps = new Float64Array(length).fill(NaN);
    this.#orders = new Uint8Array(length);
    this.#sides = new Uint8Array(length);
    this.#statuses = new Uint8Array(length);
  }

  /** Where the most serious status was met first. */
  get worst(): number {
    return this.#statuses.indexOf(this.#statuses.reduce((most, status) => Math.max(most, status), 0));
  }

  /** The most serious status of all entries. */
  get status(): Status {
    return this.#statuses.length === 0 ? "ok" : statuses[this.#statuses[this.worst]!]!;
  }

  /**
   * Writes an estimate along a line: the derivative is `factor` times that by the offset, and an offset of 1 moves the
   * coordinate by `pace`.
   */
  put(at: number, estimate: LineEstimate, factor = 1, pace: number = 1 / factor): void {
    const { value, error, step, order, side, status } = estimate;
    const written = {
      value: value * factor,
      error: error * Math.abs(factor),
      step: step * Math.abs(pace),
      order,
      side: factor < 0 ? opposite[side] : side,
      status,
    };
    this.set(at, representable(written));
  }

  set(at: number, { value, error, step, order, side, status }: Entry): void {
    this.values[at] = value;
    this.errors[at] = error;
    this.#steps[at] = step;
    this.#orders[at] = order;
    this.#sides[at] = sides.indexOf(side);
    this.#statuses[at] = statuses.indexOf(status);
  }

  /** Says of an entry that no number can be given after all. */
  refuse(at: number, status: Status): void {
    this.errors[at] = Infinity;
    this.#statuses[at] = statuses.indexOf(status);
  }

  entry(at: number): Entry {
    return {
      value: this.values[at]!,
      error: this.errors[at]!,
      step: this.#steps[at]!,
      order: this.#orders[at]!,
      side: sides[this.#sides[at]!]!,
      status: statuses[this.#statuses[at]!]!,
    };
  }
}

/** The more serious of two statuses. */
export function worse(a: Status, b: Status): Status {
  return statuses.indexOf(a) >= statuses.indexOf(b) ? a : b;
}

const opposite: Record<Side, Side> = { central: "central", forward: "backward", backward: "forward" };
