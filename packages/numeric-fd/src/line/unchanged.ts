import type { Sample } from "./line.ts";

/** What was seen at one step, on one side of x or on both. */
export type Samples = readonly [Sample] | readonly [Sample, Sample];

/**
 * The outputs that f has not changed so far, and the levels that they were seen at. Most entries of a large Jacobian are
 * zero, and a tableau for each, to extrapolate nothing, would cost more than f: it is filled when the first change is
 * seen, or at the end with as many levels as a verdict needs.
 */
export class Unchanged {
  readonly #centre: Float64Array;
  readonly #levels: Samples[] = [];
  /** The number of the first level that counts. */
  readonly #since: Map<number, number>;

  constructor(centre: Float64Array, outputs: Iterable<number>) {
    this.#centre = centre;
    this.#since = new Map(Array.from(outputs, (output) => [output, 0]));
  }

  add(level: Samples): void {
    this.#levels.push(level);
  }

  /** Whether an output has the same value at all levels that count, the last among them. */
  remains(output: number): boolean {
    return (
      this.#since.has(output) &&
      this.#levels.at(-1)!.every(({ values }) => values[output] === this.#centre[output])
    );
  }

  /** The levels so far do not count for an output. */
  restart(output: number): void {
    if (this.#since.has(output)) this.#since.set(output, this.#levels.length);
  }

  /** At how many levels an output was seen unchanged. */
  levels(output: number): number {
    return this.#levels.length - (this.#since.get(output) ?? this.#levels.length);
  }

  /** The first levels of an output that its tableau does not have, with which it ceases to be one of these. */
  release(output: number, most: number = Infinity): readonly Samples[] {
    const since = this.#since.get(output);
    this.#since.delete(output);
    return since === undefined ? [] : this.#levels.slice(since, since + most);
  }
}
