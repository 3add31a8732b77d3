import { FluxionError } from "../errors.ts";
import { found, given } from "./found.ts";
import { isTensor, concrete, type NestedArray, scalar, type Tensor } from "./tensor.ts";
import { checkShape, formatShape, type Shape, sizeOf } from "./shape.ts";

/** Deeper arrays are taken for arrays that contain themselves. */
const DEEPEST = 64;

/**
 * A tensor from nested arrays of numbers (copied).
 * Throws `SHAPE_MISMATCH` for ragged arrays, `ARGUMENT` for anything but numbers.
 *
 * @example
 * import { tensor } from "@fluxion/core";
 * tensor([[1, 2], [3, 4]]).shape; // => [2,2]
 */
export function tensor(nested: NestedArray | Float64Array | Tensor): Tensor {
  if (isTensor(nested)) return nested;
  if (nested instanceof Float64Array) return concrete(nested.slice(), [nested.length]);
  const shape = shapeOfFirsts(nested);
  const store = new Float64Array(sizeOf(shape));
  let position = 0;
  const fill = (level: NestedArray, axis: number): void => {
    if (axis === shape.length) {
      if (typeof level !== "number") throw notANumber(level, shape);
      store[position++] = level;
      return;
    }
    if (!Array.isArray(level)) throw notANumber(level, shape);
    if (level.length !== shape[axis])
      throw new FluxionError(
        "SHAPE_MISMATCH",
        `tensor: the nested arrays are ragged: a row of axis ${axis} has ${level.length} entries, the first one has ${shape[axis]}. Give every row the same length.`,
      );
    // A plain loop, so that the holes of a sparse array are seen and refused.
    for (let i = 0; i < level.length; i++) fill((level as readonly NestedArray[])[i]!, axis + 1);
  };
  fill(nested, 0);
  return concrete(store, shape);
}

/** The lengths of an array, of its first entry, of that one's first entry, … */
function shapeOfFirsts(nested: NestedArray): number[] {
  const shape: number[] = [];
  for (
    let level: NestedArray | undefined = nested;
    Array.isArray(level);
    level = level[0] as NestedArray | undefined
  ) {
    shape.push(level.length);
    if (shape.length > DEEPEST)
      throw new FluxionError(
        "ARGUMENT",
        `tensor: the arrays are nested more than ${DEEPEST} deep; they probably contain themselves. Pass finite arrays.`,
      );
  }
  checkShape("tensor", shape);
  return shape;
}

function notANumber(found: unknown, shape: Shape): FluxionError {
  if (Array.isArray(found) || typeof found === "number")
    return new FluxionError(
      "SHAPE_MISMATCH",
      `tensor: the nested arrays are ragged: the first entries have the shape ${formatShape(shape)}, and ${Array.isArray(found) ? "an array stands where they have a number" : `the number ${found} where they have an array`}. Give every row the same length.`,
    );
  return new FluxionError(
    "ARGUMENT",
    `tensor: expected nested arrays of numbers of shape ${formatShape(shape)} (from the first entries), found ${describe(found)} among them.`,
  );
}

function describe(found: unknown): string {
  if (isTensor(found)) return "a tensor (join tensors with stack([…]) or concatenate([…]))";
  if (ArrayBuffer.isView(found))
    return "a typed array (convert it with Array.from(…) or Float64Array.from(…))";
  if (found === undefined) return "a hole (undefined)";
  if (found === null) return "null";
  return typeof found === "object" ? "an object" : `the ${typeof found} ${String(found).slice(0, 40)}`;
}

/** A tensor over a copy of row-major data. Throws `SHAPE_MISMATCH` when the sizes differ. */
export function fromData(data: Float64Array, shape: Shape): Tensor {
  checkShape("fromData", shape);
  if (!(data instanceof Float64Array))
    throw new FluxionError(
      "ARGUMENT",
      "fromData: the data is a Float64Array; for nested arrays use tensor([…]).",
    );
  if (data.length !== sizeOf(shape))
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `fromData: ${data.length} numbers do not fill the shape ${formatShape(shape)}, which has ${sizeOf(shape)} entries.`,
    );
  return concrete(data.slice(), [...shape]);
}

/** A tensor with every entry equal. */
export function full(shape: Shape, value: number): Tensor {
  checkShape("full", shape);
  if (typeof value !== "number")
    throw new FluxionError(
      "ARGUMENT",
      `full: the value is a number, found ${found(value)}. Use broadcastTo() for tensors.`,
    );
  return shape.length === 0
    ? scalar(value)
    : concrete(new Float64Array(sizeOf(shape)).fill(value), [...shape]);
}

export function zeros(shape: Shape): Tensor {
  return full(shape, 0);
}

export function ones(shape: Shape): Tensor {
  return full(shape, 1);
}

/** The n×n identity matrix. */
export function eye(n: number): Tensor {
  checkShape("eye", [n, n]);
  const store = new Float64Array(n * n);
  for (let i = 0; i < n; i++) store[i * (n + 1)] = 1;
  return concrete(store, [n, n]);
}

/** start, start + step, … up to but without stop; `arange(n)` counts from 0. Throws `ARGUMENT` for a zero step. */
export function arange(startOrStop: number, stop?: number, step: number = 1): Tensor {
  const [start, end] = stop === undefined ? [0, startOrStop] : [startOrStop, stop];
  if (!Number.isFinite(start) || !Number.isFinite(end) || !Number.isFinite(step) || step === 0)
    throw new FluxionError(
      "ARGUMENT",
      `arange: start ${given(start)}, stop ${given(end)} and step ${given(step)} must be finite numbers, and the step not 0.`,
    );
  const length = Math.max(0, Math.ceil((end - start) / step));
  checkShape("arange", [length]);
  return concrete(
    Float64Array.from({ length }, (_, i) => start + i * step),
    [length],
  );
}

/** count equally spaced numbers from start to stop, both included. */
export function linspace(start: number, stop: number, count: number): Tensor {
  checkShape("linspace", [count]);
  if (typeof start !== "number" || typeof stop !== "number")
    throw new FluxionError(
      "ARGUMENT",
      `linspace: start and stop are numbers; found ${found(start)} and ${found(stop)}.`,
    );
  const step = count > 1 ? (stop - start) / (count - 1) : 0;
  return concrete(
    Float64Array.from({ length: count }, (_, i) => (i === count - 1 && count > 1 ? stop : start + i * step)),
    [count],
  );
}
