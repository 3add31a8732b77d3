import { type FlatFunction, FluxionError, Tensor, formatShape, sameShape } from "@fluxion/core";

/** A function at a point of concrete tensors, and all its values near there as flat arrays. */
export class Point {
  readonly inputs: readonly Tensor[];
  /** f at the point. */
  readonly outputs: readonly Tensor[];
  /** The entries of all outputs at the point, one after the other. */
  readonly centre: Float64Array;
  /** How often f was called. */
  evaluations = 1;
  readonly #f: FlatFunction;
  #again: Float64Array | null = null;

  constructor(f: FlatFunction, inputs: readonly Tensor[], outputs: readonly Tensor[]) {
    this.#f = f;
    this.inputs = inputs;
    this.outputs = outputs;
    this.centre = new Float64Array(outputs.reduce((total, { size }) => total + size, 0));
    this.#copy(outputs, this.centre);
  }

  /** The entries of all outputs elsewhere; NaN where f says that it is not defined. */
  evaluate(inputs: readonly Tensor[]): Float64Array {
    this.evaluations++;
    const values = new Float64Array(this.centre.length);
    try {
      this.#copy(this.#f(inputs), values);
    } catch (error) {
      if (!(error instanceof FluxionError) || error.code !== "DOMAIN") throw error;
      values.fill(NaN);
    }
    return values;
  }

  /** What f gives for inputs of any kind, numbers or not. */
  readonly call: FlatFunction = (inputs) => {
    this.evaluations++;
    return this.#f(inputs);
  };

  /** The entries of all outputs at the point, from a second call. */
  again(): Float64Array {
    this.#again ??= this.evaluate(this.inputs);
    return this.#again;
  }

  #copy(outputs: readonly Tensor[], values: Float64Array): void {
    let start = 0;
    outputs.forEach((output, k) => {
      const expected = this.outputs[k]?.shape;
      if (expected === undefined || !sameShape(output.shape, expected)) {
        throw new FluxionError(
          "SHAPE_MISMATCH",
          `numericFd compares values of f at neighbouring points; output ${k} had the shape ` +
            `${formatShape(expected ?? [])} at one and ${formatShape(output.shape)} at another. The shape must not depend on values.`,
        );
      }
      values.set(output.data, start);
      start += output.size;
    });
  }
}

/** A concrete tensor over an array that nobody else writes to. */
export function concrete(store: Float64Array, like: Tensor): Tensor {
  return like.rank === 0
    ? new Tensor(like.shape, store[0]!, null, 0, null, null, null)
    : new Tensor(like.shape, 0, store, 0, null, null, null);
}
