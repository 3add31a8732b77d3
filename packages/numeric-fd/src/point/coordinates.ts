import {
  type Numeric,
  type Tensor,
  type Tree,
  FluxionError,
  asTensor,
  flatten,
  formatShape,
} from "@fluxion/core";

/** What the options say about one leaf of the inputs, for every entry. */
export interface Coordinates {
  readonly typical: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Scales and bounds as a user gives them: one number for all, or a tree like the differentiated arguments. */
export interface CoordinateOptions {
  readonly typical?: Tree;
  readonly lower?: Tree;
  readonly upper?: Tree;
}

/** Scales and bounds of every entry of every input. Throws `ARGUMENT`, `SHAPE_MISMATCH`. */
export function coordinatesOf(inputs: readonly Tensor[], options: CoordinateOptions): Coordinates[] {
  const typical = spread("typical", options.typical ?? 1, inputs);
  const lower = spread("lower", options.lower ?? -Infinity, inputs);
  const upper = spread("upper", options.upper ?? Infinity, inputs);
  typical.forEach((values) => {
    const wrong = values.find((value) => !(value > 0 && value < Infinity));
    if (wrong !== undefined) {
      throw new FluxionError(
        "ARGUMENT",
        `numericFd: typical is the positive characteristic size of the input; found ${wrong}.`,
      );
    }
  });
  lower.forEach((values, i) => {
    const wrong = values.findIndex((low, entry) => !(low <= upper[i]![entry]!));
    if (wrong >= 0) {
      throw new FluxionError(
        "ARGUMENT",
        `numericFd: lower must not exceed upper; found ${values[wrong]} and ${upper[i]![wrong]} for entry ${wrong} of input ${i}.`,
      );
    }
  });
  return inputs.map((_, i) => ({ typical: typical[i]!, lower: lower[i]!, upper: upper[i]! }));
}

function spread(name: string, option: Tree, inputs: readonly Tensor[]): Float64Array[] {
  if (typeof option === "number") return inputs.map(({ size }) => new Float64Array(size).fill(option));
  const leaves: Numeric[] = [];
  flatten(`the option ${name} of numericFd`, option, leaves);
  if (leaves.length !== inputs.length) {
    throw new FluxionError(
      "ARGUMENT",
      `numericFd: the option ${name} has ${leaves.length} leaves, the differentiated arguments have ${inputs.length}. ` +
        "Give one number, or a tree like the arguments.",
    );
  }
  return leaves.map((leaf, i) => {
    const { shape } = inputs[i]!;
    const given = asTensor(leaf);
    if (given.rank === 0) return new Float64Array(inputs[i]!.size).fill(given.item());
    if (formatShape(given.shape) !== formatShape(shape)) {
      throw new FluxionError(
        "SHAPE_MISMATCH",
        `numericFd: the option ${name} has the shape ${formatShape(given.shape)}, the input has ${formatShape(shape)}. ` +
          "Give one number, or a tensor of the same shape.",
      );
    }
    return Float64Array.from(given.data);
  });
}
