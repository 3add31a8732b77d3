import { type FlatFunction, FluxionError, Tensor, formatShape, sameShape } from "@fluxion/core";
import type { Batch } from "./batch.ts";

/** What f is called with. */
export type Inputs = readonly Tensor[];

/** A function at a point of concrete tensors, and all its values near there as flat arrays. */
export class Point {
  readonly inputs: Inputs;
  /** f at the point. */
  readonly outputs: readonly Tensor[];
  /** The entries of all outputs at the point, one after the other. */
  readonly centre: Float64Array;
  /** At how many points f was evaluated, and in how many calls. */
  evaluations = 1;
  calls = 1;
  /** What f threw where it is not defined; null where it threw nothing. */
  thrown: unknown = null;
  readonly #f: FlatFunction;
  readonly #batch: Batch | null;
  #again: Float64Array | null = null;
  #isChecked = false;

  constructor(f: FlatFunction, inputs: Inputs, outputs: readonly Tensor[], batch: Batch | null = null) {
    this.#f = f;
    this.#batch = batch;
    this.inputs = inputs;
    this.outputs = outputs;
    this.centre = this.#flat(outputs);
    // All values come from the same source, so that they are rounded in the same way.
    if (batch !== null) this.centre = batch.agreeing(this.evaluate([inputs])[0]!, this.centre);
  }

  /** Whether f takes many points at once. */
  get isBatched(): boolean {
    return this.#batch !== null;
  }

  /** The entries of all outputs at some points; NaN where f says that it is not defined. */
  evaluate(points: readonly Inputs[]): readonly Float64Array[] {
    return this.#all(points, (compute) => this.#defined(compute)).map((values) => values ?? this.#nowhere());
  }

  /** The same at points where f need not be defined: null where it throws, whatever it throws. */
  explore(points: readonly Inputs[]): readonly (Float64Array | null)[] {
    return this.#all(points, (compute) => {
      try {
        return compute();
      } catch {
        return null;
      }
    });
  }

  #all(points: readonly Inputs[], attempt: <T>(compute: () => T) => T | null): (Float64Array | null)[] {
    const batch = this.#batch;
    this.evaluations += points.length;
    if (batch === null) return points.map((inputs) => attempt(() => this.#one(inputs)));
    return batch.portions(points, this.centre.length).flatMap((portion) => {
      const evaluate = (some: readonly Inputs[]): Float64Array[] | null => {
        this.calls++;
        return attempt(() => batch.evaluate(some, this.outputs));
      };
      // One point where f is not defined must not hide the others.
      const values = evaluate(portion) ?? portion.map((inputs) => evaluate([inputs])?.[0] ?? null);
      this.#check(batch, portion, values);
      return values;
    });
  }

  /** What f gives for inputs of any kind, numbers or not. */
  readonly call: FlatFunction = (inputs) => {
    this.evaluations++;
    return this.#f(inputs);
  };

  /** The entries of all outputs at the point, from a second call. */
  again(): Float64Array {
    this.#again ??= this.evaluate([this.inputs])[0]!;
    return this.#again;
  }

  /** Compares one of the first points with f: a batch in which points and entries are mixed up is right for one point only. */
  #check(batch: Batch, points: readonly Inputs[], values: readonly (Float64Array | null)[]): void {
    const last = values.at(-1);
    if (this.#isChecked || points.length < 2 || last == null || last.some(Number.isNaN)) return;
    this.#isChecked = true;
    this.evaluations++;
    const expected = this.#defined(() => this.#one(points.at(-1)!));
    if (expected !== null) batch.agreeing(last, expected);
  }

  #one(inputs: Inputs): Float64Array {
    this.calls++;
    return this.#flat(this.#f(inputs));
  }

  /** What is computed, or null where f is not defined: where it throws anything but an error about how it was used. */
  #defined<T>(compute: () => T): T | null {
    try {
      return compute();
    } catch (error) {
      if (error instanceof FluxionError && error.code !== "DOMAIN") throw error;
      this.thrown ??= error;
      return null;
    }
  }

  #nowhere(): Float64Array {
    return new Float64Array(this.centre.length).fill(NaN);
  }

  #flat(outputs: readonly Tensor[]): Float64Array {
    checkShapes(outputs, this.outputs);
    const values = new Float64Array(outputs.reduce((total, { size }) => total + size, 0));
    let start = 0;
    for (const output of outputs) {
      values.set(output.data, start);
      start += output.size;
    }
    return values;
  }
}

/** A concrete tensor over an array that nobody else writes to. */
export function concrete(store: Float64Array, like: Tensor): Tensor {
  return like.rank === 0
    ? new Tensor(like.shape, store[0]!, null, 0, null, null, null)
    : new Tensor(like.shape, 0, store, 0, null, null, null);
}

/** Throws `SHAPE_MISMATCH` unless f gives the shapes at one point that it gives at another. */
export function checkShapes(outputs: readonly Tensor[], expected: readonly Tensor[]): void {
  outputs.forEach(({ shape }, k) => {
    if (sameShape(shape, expected[k]!.shape)) return;
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `numericFd compares values of f at neighbouring points; output ${k} had the shape ` +
        `${formatShape(expected[k]!.shape)} at one and ${formatShape(shape)} at another. The shape must not depend on values.`,
    );
  });
}
