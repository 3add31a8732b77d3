import type { Shape } from "../../tensor/shape.ts";

/** A block of a Float64Array: where its first entry is, and how far apart neighbours are along each axis. */
export interface Strided {
  readonly data: Float64Array;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Entries of a square tile: reading by rows and writing by columns stays in the cache. */
const TILE = 32;

/** Copies a block of a given shape. Permuting, slicing, flipping, padding and concatenating are this with other strides. */
export function copyStrided(shape: Shape, from: Strided, to: Strided): void {
  const { lengths, fromStrides, toStrides } = mergeAxes(shape, from.strides, to.strides);
  const last = lengths.length - 1;
  const copyAxis = (axis: number, p: number, q: number): void => {
    if (axis >= last - 1) {
      const rows = last > 0 ? lengths[last - 1]! : 1;
      copyMatrix(
        rows, lengths[last]!,
        from.data, p, last > 0 ? fromStrides[last - 1]! : 0, fromStrides[last]!,
        to.data, q, last > 0 ? toStrides[last - 1]! : 0, toStrides[last]!,
      ); // prettier-ignore
      return;
    }
    for (let i = 0; i < lengths[axis]!; i++)
      copyAxis(axis + 1, p + i * fromStrides[axis]!, q + i * toStrides[axis]!);
  };
  copyAxis(0, from.offset, to.offset);
}

function copyMatrix(
  rows: number,
  columns: number,
  from: Float64Array,
  p: number,
  fromRow: number,
  fromColumn: number,
  to: Float64Array,
  q: number,
  toRow: number,
  toColumn: number,
): void {
  const tile = fromColumn === 1 && toColumn === 1 ? columns : TILE;
  for (let left = 0; left < columns; left += tile) {
    const right = Math.min(left + tile, columns);
    for (let i = 0; i < rows; i++) {
      let source = p + i * fromRow + left * fromColumn;
      let target = q + i * toRow + left * toColumn;
      for (let j = left; j < right; j++, source += fromColumn, target += toColumn) to[target] = from[source]!;
    }
  }
}

/** The same block with as few axes as possible: at least one, none of length 1 beside others, neighbours merged. */
function mergeAxes(
  shape: Shape,
  from: readonly number[],
  to: readonly number[],
): { lengths: readonly number[]; fromStrides: readonly number[]; toStrides: readonly number[] } {
  const lengths: number[] = [];
  const fromStrides: number[] = [];
  const toStrides: number[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    const length = shape[axis]!;
    if (length === 1) continue;
    const outer = lengths.length - 1;
    if (
      outer >= 0 &&
      fromStrides[outer] === from[axis]! * length &&
      toStrides[outer] === to[axis]! * length
    ) {
      lengths[outer]! *= length;
      fromStrides[outer] = from[axis]!;
      toStrides[outer] = to[axis]!;
    } else {
      lengths.push(length);
      fromStrides.push(from[axis]!);
      toStrides.push(to[axis]!);
    }
  }
  return lengths.length > 0
    ? { lengths, fromStrides, toStrides }
    : { lengths: [1], fromStrides: [1], toStrides: [1] };
}
