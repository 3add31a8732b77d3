import { isExplained, isFinished, patience } from "./finish.ts";
import { sizesOf } from "./granularity.ts";
import { exactStep, offsetOf } from "./line.ts";
import type { Line, Sample } from "./line.ts";
import type { Search } from "./search.ts";
import { constantLevels, isResolved, select } from "./select.ts";
import { Tableau } from "./tableau.ts";
import { Unchanged } from "./unchanged.ts";
import type { Samples } from "./unchanged.ts";
import type { Side } from "../types.ts";

/** Steps start at this part of the scale: no rational multiple of a period that anybody would write. */
const start = 0.7310585786300049;
/**
 * Each step is this part of the one before. With a power of two, rounding inside f can repeat itself from step to step,
 * and a wave can be met in the same phase: both look like agreement.
 */
const ratio = 0.53;
const maximumLevels = 60;
/** After so many levels without an end, x itself is the scale that is left, however small it is. */
const despair = 40;

/**
 * Where f is the same at all steps below this part of the scale, it may be constant, or be rounded to steps of its own:
 * terms of f that cancel have digits that end at 2⁻⁵² of their size, which may be some thousands of times that of x.
 */
const telling = 2 ** -30;

/** What a sweep has to know besides the line. */
export interface SweepSettings {
  /** The order of the derivative, 1 to 4. */
  readonly order: number;
  /** The number of calls of f after which no further level is begun. */
  readonly maximumEvaluations: number;
  /** The noise in f that is known beforehand, absolute. */
  readonly noise: number;
  /** How many levels are asked for at once at the start. */
  readonly ahead: number;
}

/** How far a side lets the line go from x. */
export function roomOn(line: Line, side: Side): number {
  if (side === "central") return Math.min(line.highest, -line.lowest);
  return side === "forward" ? line.highest : -line.lowest;
}

/** One sweep of shrinking steps along a line, on one or both sides of x, with a tableau in the place of every output that is looked at. */
export class Sweep {
  readonly side: Side;
  readonly tableaus: readonly Tableau[];
  readonly #line: Line;
  readonly #settings: SweepSettings;
  readonly #open: Set<number>;
  readonly #smallest: number;
  readonly #pursued: Set<number> = new Set();
  readonly #largestChange: Float64Array;
  readonly #unchanged: Unchanged;
  /** Samples that were asked for before they are needed. */
  readonly #known: Map<number, Sample> = new Map();
  #step: number;
  #probed = false;

  constructor(line: Line, settings: SweepSettings, side: Side, outputs: Iterable<number>) {
    this.#line = line;
    this.#settings = settings;
    this.side = side;
    this.#open = new Set(outputs);
    const tableaus: Tableau[] = [];
    for (const output of this.#open)
      tableaus[output] = new Tableau(
        settings.order,
        line.centre[output]!,
        side !== "central",
        telling * line.scale,
      );
    this.tableaus = tableaus;
    this.#unchanged = new Unchanged(line.centre, this.#open);
    this.#largestChange = new Float64Array(line.centre.length);
    this.#smallest = smallestStep(line);
    this.#step = Math.min(start * line.scale, roomOn(line, side));
  }

  /** Shrinks the step until no output can gain from a further level. */
  *run(): Search<void> {
    yield* this.#descend();
    for (const output of this.#open) this.#settle(output);
  }

  *#descend(): Search<void> {
    yield* this.#lookAhead();
    for (
      let level = 0;
      level < maximumLevels && this.#open.size > 0 && this.#step >= this.#smallest;
      level++
    ) {
      if (!this.#affordable()) return;
      const size = this.#open.size;
      const finite = yield* this.#evaluateLevel();
      if (finite < size && !this.#probed) yield* this.#enterDomain(finite);
      else if (level >= despair && this.#line.magnitude > 0 && this.#step > this.#line.magnitude)
        this.#approach();
      else this.#step *= ratio;
    }
  }

  /** Asks at once for the levels that no output can do without. */
  *#lookAhead(): Search<void> {
    const { ahead } = this.#settings;
    if (ahead === 1 || this.#known.size > 0) return;
    const offsets: number[] = [];
    let step = this.#step;
    for (let level = 0; level < ahead && step >= this.#smallest; level++) {
      offsets.push(...this.#offsetsOf(step));
      step *= ratio;
    }
    (yield offsets).forEach((sample, i) => this.#known.set(offsets[i]!, sample));
  }

  /** Discards the levels of an output down to one that proved wrong, and looks at finer steps. */
  discard(output: number, level: number): void {
    this.tableaus[output]!.discard(level + 1);
    this.#open.add(output);
  }

  /** Goes on with an output until rounding explains what its levels still differ by; false if it was asked before. */
  pursue(output: number): boolean {
    if (this.#pursued.has(output)) return false;
    this.#pursued.add(output);
    this.#open.add(output);
    return true;
  }

  /** Evaluates f at the present step and says for how many of the open outputs it is finite. */
  *#evaluateLevel(): Search<number> {
    const level = yield* this.#evaluate(this.#step);
    this.#unchanged.add(level);
    let finite = 0;
    for (const output of this.#open) {
      if (!level.every(({ values }) => Number.isFinite(values[output]!))) {
        this.tableaus[output]!.discard();
        this.#unchanged.restart(output);
        continue;
      }
      finite++;
      if (this.#unchanged.remains(output)) {
        if (this.#unchanged.levels(output) <= patience) continue;
        this.#settle(output);
        this.#open.delete(output);
        continue;
      }
      const before = this.#unchanged.release(output);
      for (const each of before.length > 0 ? before : [level]) this.#add(output, each);
      if (this.#isFinished(output)) this.#open.delete(output);
    }
    return finite;
  }

  /** Fills the tableau of an output that has not changed with as many levels as say so. */
  #settle(output: number): void {
    for (const level of this.#unchanged.release(output, constantLevels)) this.#add(output, level);
  }

  #add(output: number, samples: Samples): void {
    const tableau = this.tableaus[output]!;
    const [above, below] = samples;
    const centre = this.#line.centre[output]!;
    for (const { values } of samples)
      this.#largestChange[output] = Math.max(
        this.#largestChange[output]!,
        Math.abs(values[output]! - centre),
      );
    const sizes = sizesOf(samples, output, centre, this.#largestChange[output]!);
    const offset = offsetOf(above, output);
    const high = above.values[output]!;
    if (below === undefined) tableau.addPoint(offset, high, sizes);
    else tableau.addPair(offset, high, offsetOf(below, output), below.values[output]!, sizes);
  }

  /** Goes to steps of the size of x with the outputs of which longer ones have seen nothing. */
  #approach(): void {
    const { noise } = this.#settings;
    for (const output of this.#open) {
      this.#settle(output);
      const tableau = this.tableaus[output]!;
      const best = select(tableau, this.side !== "central", noise);
      if (best !== null && isResolved(tableau, best.level, best.column, noise, 0.25))
        this.#open.delete(output);
      else tableau.discard();
    }
    this.#step = start * this.#line.magnitude;
  }

  /**
   * After a level at which f is not finite: gives up the outputs that are not finite next to x either, and when none
   * is left that is, finds a step inside the domain by bisection of its logarithm.
   */
  *#enterDomain(finite: number): Search<void> {
    const { magnitude } = this.#line;
    if (finite === 0 && magnitude > 0 && this.#step > magnitude) {
      this.#step = start * magnitude;
      return;
    }
    this.#probed = true;
    const outside = yield* this.#outsideAt(this.#smallest);
    for (const output of outside) {
      if (this.tableaus[output]!.rows.length + this.#unchanged.levels(output) === 0)
        this.#open.delete(output);
    }
    if (finite > 0) {
      this.#step *= ratio;
      return;
    }
    let [inside, beyond] = [this.#smallest, this.#step];
    while (beyond > 8 * inside && this.#open.size > 0 && this.#affordable()) {
      const middle = Math.sqrt(inside) * Math.sqrt(beyond);
      if ((yield* this.#outsideAt(middle)).length === this.#open.size) beyond = middle;
      else inside = middle;
    }
    this.#step = inside;
  }

  /** The open outputs that are not finite at a step. */
  *#outsideAt(step: number): Search<number[]> {
    const samples = yield* this.#evaluate(step);
    return [...this.#open].filter((output) =>
      samples.some(({ values }: Sample) => !Number.isFinite(values[output]!)),
    );
  }

  *#evaluate(step: number): Search<Samples> {
    const offsets = this.#offsetsOf(step);
    const known = offsets.map((offset) => this.#known.get(offset));
    const samples = known.every((sample) => sample !== undefined) ? known : yield offsets;
    return samples as unknown as Samples;
  }

  #offsetsOf(length: number): readonly number[] {
    const step = exactStep(length, this.#line);
    if (this.side === "central") return [step, -step];
    return [this.side === "forward" ? step : -step];
  }

  #isFinished(output: number): boolean {
    const tableau = this.tableaus[output]!;
    const { noise } = this.#settings;
    return this.#pursued.has(output)
      ? isExplained(tableau, noise)
      : isFinished(tableau, this.side !== "central", noise);
  }

  #affordable(): boolean {
    return this.#line.evaluations() + 2 <= this.#settings.maximumEvaluations;
  }
}

/**
 * No step is shorter: a few float64 numbers next to x, or, at x = 0 where those have no end, what is lost beside numbers
 * of the characteristic size.
 */
function smallestStep({ magnitude, resolution, scale }: Line): number {
  return Math.max(8 * resolution, magnitude === 0 ? 2 ** -48 * scale : 2 ** -60 * Math.min(scale, magnitude));
}
