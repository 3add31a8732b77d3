import { FluxionError } from "../errors.ts";
import { found, given } from "./found.ts";

/** The lengths of a tensor's axes, outermost first; `[]` for a scalar. */
export type Shape = readonly number[];

export const SCALAR_SHAPE: Shape = [];

/** The number of entries of a tensor of this shape. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis]!;
  return size;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** A shape as it is printed in messages: `[2,3]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(",")}]`;
}

/** Row-major strides in entries. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** 16 GiB of entries. */
export const TOO_MANY_ENTRIES: number = 2 ** 31;

/** No application has more axes; without a limit, what recurses over axes would overflow the stack. */
export const LARGEST_RANK = 64;

/**
 * Throws `ARGUMENT` unless a shape is an array of non-negative integers, `LIMIT` when it has more than 64 axes or no
 * storage could hold it.
 */
export function checkShape(asked: string, shape: Shape): void {
  if (!Array.isArray(shape))
    throw new FluxionError(
      "ARGUMENT",
      `${asked}: a shape is an array of lengths, such as [3] or [2, 3]; found ${found(shape)}.`,
    );
  if (shape.length > LARGEST_RANK)
    throw new FluxionError(
      "LIMIT",
      `${asked}: a shape of rank ${shape.length} was asked for; tensors have at most ${LARGEST_RANK} axes. Merge axes with reshape().`,
    );
  // A loop over shape, so that the holes of a sparse array are seen and refused.
  for (const length of shape as readonly unknown[])
    if (!Number.isSafeInteger(length) || (length as number) < 0)
      throw new FluxionError(
        "ARGUMENT",
        `${asked}: a shape has the length ${given(length)}. Every length of a shape is a non-negative integer.`,
      );
  if (sizeOf(shape) >= TOO_MANY_ENTRIES) throw tooLarge(asked, shape);
}

/** The error for more entries than storage could hold. */
export function tooLarge(asked: string, shape: Shape): FluxionError {
  return new FluxionError(
    "LIMIT",
    `${asked}: a tensor of shape ${formatShape(shape)} would have ${sizeOf(shape)} entries, at 8 bytes each. Work in blocks.`,
  );
}

/**
 * The shape that two operands broadcast to: aligned at the last axis, a length of 1 stretches.
 * Throws `SHAPE_MISMATCH`. Source: NumPy, "Broadcasting".
 */
export function broadcastShapes(asked: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b) || b.length === 0) return a;
  if (a.length === 0) return b;
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let fromEnd = 1; fromEnd <= rank; fromEnd++) {
    const p = a[a.length - fromEnd] ?? 1;
    const q = b[b.length - fromEnd] ?? 1;
    if (p !== q && p !== 1 && q !== 1)
      throw new FluxionError(
        "SHAPE_MISMATCH",
        `${asked}: the shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast ` +
          `(${p} against ${q}, counted ${fromEnd} from the last axis). Reshape one of them, or use outer().`,
      );
    shape[rank - fromEnd] = p === 1 ? q : p;
  }
  return shape;
}

/** One axis as users give it (negative counts from the end), made non-negative; throws `ARGUMENT`. */
export function canonicalAxis(asked: string, axis: number, rank: number): number {
  const canonical = !Number.isInteger(axis) ? -1 : axis < 0 ? axis + rank : axis;
  if (canonical < 0 || canonical >= rank)
    throw new FluxionError(
      "ARGUMENT",
      `${asked}: there is no axis ${given(axis)} in a tensor of rank ${rank}` +
        (rank === 0 ? "; a scalar has no axes." : `. Axes run from ${-rank} to ${rank - 1}.`),
    );
  return canonical;
}

/** Axes as users give them, made non-negative and sorted; `undefined` means all. Throws `ARGUMENT`. */
export function canonicalAxes(
  asked: string,
  axes: number | readonly number[] | undefined,
  rank: number,
): readonly number[] {
  if (axes === undefined) return allAxes(rank);
  if (typeof axes === "number") return [canonicalAxis(asked, axes, rank)];
  const canonical = axisList(asked, axes, rank).sort((p, q) => p - q);
  for (let i = 1; i < canonical.length; i++)
    if (canonical[i] === canonical[i - 1])
      throw new FluxionError(
        "ARGUMENT",
        `${asked}: the axis ${canonical[i]} is named twice in [${axes.join(",")}]. Name it once.`,
      );
  return canonical;
}

/** A list of axes, made non-negative, in the order given. Throws `ARGUMENT` for anything but an array of axes of x. */
export function axisList(asked: string, axes: readonly number[], rank: number): number[] {
  if (!Array.isArray(axes))
    throw new FluxionError(
      "ARGUMENT",
      `${asked}: axes are given as an array of integers such as [0, 1]; found ${found(axes)}.`,
    );
  // A loop, so that the holes of a sparse array are seen and refused; Array.from takes several times as long.
  const canonical: number[] = [];
  for (const axis of axes as readonly number[]) canonical.push(canonicalAxis(asked, axis, rank));
  return canonical;
}

export function allAxes(rank: number): readonly number[] {
  // A loop: Array.from with a function takes longer than summing a short vector.
  const axes = new Array<number>(rank);
  for (let axis = 0; axis < rank; axis++) axes[axis] = axis;
  return axes;
}

/** The shape after a reduction over canonical axes. */
export function reducedShape(shape: Shape, axes: readonly number[], keepDims: boolean): Shape {
  return keepDims
    ? shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
    : shape.filter((_, axis) => !axes.includes(axis));
}
