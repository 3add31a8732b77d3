import {
  type FlatFunction,
  FluxionError,
  type Numeric,
  type Tensor,
  type Tree,
  asTensor,
  flatten,
  formatShape,
  fromData,
  sameShape,
  vmap,
} from "@fluxion/core";
import type { Inputs } from "./point.ts";

/**
 * f for many points at once.
 *
 * `true` runs f under core's `vmap`, for an f made of operators. A function is called in place of f with every leaf of the
 * differentiated arguments (in order; constants it captures) stacked along a new leading axis, and returns what f returns
 * with the same leading axis. The sweeps of all inputs then go in lockstep: what they all want to see next is one call,
 * about 20 in all for a gradient of any length. f itself is called at x, and at one more point as a check.
 */
export type BatchOption = boolean | ((...stacked: Tensor[]) => Tree);

/** Numbers that a single call takes, or gives, at most. */
const LARGEST_CALL = 2 ** 21;

/** f for stacked points, checked against what f itself gives. */
export class Batch {
  readonly #f: FlatFunction;

  constructor(f: FlatFunction) {
    this.#f = f;
  }

  /** The entries of all outputs at some points. Throws `SHAPE_MISMATCH` when they are not those of f with a leading axis. */
  evaluate(points: readonly Inputs[], outputs: readonly Tensor[]): Float64Array[] {
    const count = points.length;
    const stacked = points[0]!.map((like, i) => {
      const store = new Float64Array(count * like.size);
      points.forEach((inputs, k) => store.set(inputs[i]!.data, k * like.size));
      return fromData(store, [count, ...like.shape]);
    });
    const results = this.#f(stacked);
    const wanted = outputs.map(({ shape }) => [count, ...shape]);
    if (results.length !== wanted.length || results.some(({ shape }, k) => !sameShape(shape, wanted[k]!))) {
      const list = (shapes: readonly (readonly number[])[]): string => shapes.map(formatShape).join(", ");
      throw new FluxionError(
        "SHAPE_MISMATCH",
        `numericFd: the option batch was given ${count} points and returned ${list(results.map(({ shape }) => shape))}; ` +
          `f would give ${list(wanted)}. Return every result of f with the points along its leading axis.`,
      );
    }
    const width = outputs.reduce((total, { size }) => total + size, 0);
    return points.map((_, k) => {
      const values = new Float64Array(width);
      let start = 0;
      outputs.forEach(({ size }, i) => {
        values.set(results[i]!.data.subarray(k * size, (k + 1) * size), start);
        start += size;
      });
      return values;
    });
  }

  /** The points in portions that a call can take. */
  portions(points: readonly Inputs[], outputs: number): (readonly Inputs[])[] {
    const size = Math.max(1, outputs, points[0]?.reduce((total, input) => total + input.size, 0) ?? 0);
    const length = Math.max(1, Math.floor(LARGEST_CALL / size));
    const portions: (readonly Inputs[])[] = [];
    for (let start = 0; start < points.length; start += length)
      portions.push(points.slice(start, start + length));
    return portions;
  }

  /** The first values, if the second ones could be the same rounded otherwise. Throws `ARGUMENT`. */
  agreeing(values: Float64Array, expected: Float64Array): Float64Array {
    const size = expected.reduce(
      (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
      0,
    );
    const wrong = values.findIndex(
      (value, i) =>
        Number.isFinite(value) !== Number.isFinite(expected[i]!) ||
        Math.abs(value - expected[i]!) > 1e-6 * size + 1e-12,
    );
    if (wrong < 0) return values;
    throw new FluxionError(
      "ARGUMENT",
      `numericFd: the option batch gives ${values[wrong]} for entry ${wrong} of the result where f gives ${expected[wrong]}. ` +
        "It has to compute the same function, for many points at once.",
    );
  }
}

/** The batch that an option asks for; null for none. Throws `ARGUMENT`. */
export function batchOf(f: FlatFunction, option: BatchOption | undefined): Batch | null {
  if (option === undefined || option === false) return null;
  if (option === true) return new Batch((stacked) => mapped(f, stacked));
  if (typeof option === "function") return new Batch((stacked) => leavesOf("batch", option(...stacked)));
  throw new FluxionError(
    "ARGUMENT",
    `numericFd: batch is true, or a function of the stacked points; found ${typeof option}. Write { batch: true } or { batch: (xs) => … }.`,
  );
}

/** The leaves of what a function given as an option returned. Throws `TREE`, `ASYNC`. */
export function leavesOf(option: string, returned: unknown): Tensor[] {
  const leaves: Numeric[] = [];
  flatten(`the result of the option ${option} of numericFd`, returned, leaves);
  return leaves.map(asTensor);
}

function mapped(f: FlatFunction, stacked: readonly Tensor[]): readonly Tensor[] {
  try {
    return vmap((inputs: readonly Tensor[]) => f(inputs))(stacked) as readonly Tensor[];
  } catch (error) {
    if (!(error instanceof FluxionError) || error.code !== "NOT_CONCRETE") throw error;
    throw new FluxionError(
      "NOT_CONCRETE",
      "numericFd: { batch: true } runs f under vmap, and f reads numbers out of its arguments. Write it with operators, give " +
        `a function of many points instead ({ batch: (xs) => … }), or leave batch out. (${error.message})`,
    );
  }
}
