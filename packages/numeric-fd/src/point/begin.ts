import {
  type FlatFunction,
  FluxionError,
  type Options,
  type Tangents,
  type Tensor,
  type Tree,
} from "@fluxion/core";
import { noBatches, settingsOf } from "../options.ts";
import type { DifferenceOptions, Settings } from "../options.ts";
import { batchOf, leavesOf } from "./batch.ts";
import type { Batch, BatchOption } from "./batch.ts";
import { coordinatesOf } from "./coordinates.ts";
import type { CoordinateOptions, Coordinates } from "./coordinates.ts";
import type { Direction } from "./lines.ts";
import { Point, concrete } from "./point.ts";
import type { Sparsity } from "../sparse/pattern.ts";
import { TracedDifferences } from "./traced.ts";

/** The options of every differentiation operator of numeric-fd. */
export interface NumericFdOptions
  extends Omit<DifferenceOptions, "typical" | "lower" | "upper">, CoordinateOptions {
  /** f for many points at once: true for an f made of operators, or a function of the stacked points. */
  readonly batch?: BatchOption;
  /** Which entries of a Jacobian or Hessian may differ from zero; the others cost nothing. */
  readonly sparsity?: Sparsity;
  /**
   * The gradient of f, for Hessians and their products from differences of it: a function of the leaves of the
   * differentiated arguments that returns a tree with as many. It is checked against f along one direction.
   */
  readonly gradient?: (...leaves: Tensor[]) => Tree;
}

export type AllOptions = Options & NumericFdOptions;

/** f at concrete inputs: what the estimates work on. */
export interface Start {
  readonly point: Point;
  readonly coordinates: readonly Coordinates[];
  readonly settings: Settings;
  readonly sparsity: Sparsity | undefined;
  /** The gradient of f where the options give it, and for many points at once. */
  readonly gradient: FlatFunction | null;
  readonly gradientBatch: Batch | null;
}

/** Evaluates f once and finds out whether its values are numbers or are traced by another strategy. */
export function begin(
  f: FlatFunction,
  inputs: readonly Tensor[],
  options: AllOptions,
): Start | TracedDifferences {
  const { typical, lower, upper, batch, sparsity, gradient, ...rest } = options;
  const settings = settingsOf("numericFd", rest);
  if (settings.method === "complexStep" && batch !== undefined && batch !== false)
    throw new FluxionError("ARGUMENT", `numericFd: ${noBatches}`);
  const values = f(inputs);
  const isConcrete = [...inputs, ...values].every(({ level }) => level === 0);
  const given = {
    ...(typical === undefined ? {} : { typical }),
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
  };
  const coordinates = coordinatesOf(inputs, given);
  if (!isConcrete) {
    if (lower !== undefined || upper !== undefined) {
      throw new FluxionError(
        "UNSUPPORTED",
        "numericFd keeps to lower and upper by looking at the numbers of its inputs, and another strategy is tracing them. " +
          'Leave the bounds out, or use { method: "forward" } or { method: "backward" } to stay on one side.',
      );
    }
    const scales = coordinates.map((leaf, i) => concrete(leaf.typical, inputs[i]!));
    return new TracedDifferences(f, inputs, values, settings, scales);
  }
  checkInside(inputs, coordinates);
  const many = inputs.length === 0 ? null : batchOf(f, batch);
  const slopes = gradientOf(gradient);
  return {
    point: new Point(f, inputs, values, many),
    coordinates,
    settings,
    sparsity,
    gradient: slopes,
    gradientBatch: slopes !== null && batch === true && inputs.length > 0 ? batchOf(slopes, true) : null,
  };
}

/** The option gradient as a flat function. Throws `ARGUMENT`. */
function gradientOf(option: NumericFdOptions["gradient"]): FlatFunction | null {
  if (option === undefined) return null;
  if (typeof option === "function") return (leaves) => leavesOf("gradient", option(...leaves));
  throw new FluxionError(
    "ARGUMENT",
    `numericFd: gradient is a function that gives the gradient of f; found ${typeof option}. Write { gradient: (x) => … }.`,
  );
}

function checkInside(inputs: readonly Tensor[], coordinates: readonly Coordinates[]): void {
  inputs.forEach(({ data }, i) => {
    const { lower, upper } = coordinates[i]!;
    const outside = data.findIndex((x, entry) => x < lower[entry]! || x > upper[entry]!);
    if (outside < 0) return;
    throw new FluxionError(
      "ARGUMENT",
      `numericFd: entry ${outside} of input ${i} is ${data[outside]}, outside its bounds [${lower[outside]}, ${upper[outside]}].`,
    );
  });
}

/** f once more at its inputs, so that the aux it returned last belongs to them. */
export function settleAux(f: FlatFunction, inputs: readonly Tensor[], options: AllOptions): void {
  if (options.aux === true) f(inputs);
}

/** The characteristic sizes of the inputs, as tensors of their shapes. */
export function scalesOf({ point, coordinates }: Start): Tensor[] {
  return coordinates.map(({ typical }, i) => concrete(typical, point.inputs[i]!));
}

/** Tangents as arrays. */
export function directionOf(tangents: Tangents): Direction {
  return tangents.map((tangent) => tangent && Float64Array.from(tangent.data));
}
