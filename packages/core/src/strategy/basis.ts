import { concatenate } from "../operators/shape/concatenate.ts";
import { moveAxis } from "../operators/shape/move-axis.ts";
import { reshape } from "../operators/shape/reshape.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import { concrete, type Tensor } from "../tensor/tensor.ts";
import { vmapFlat } from "../vmap/vmap.ts";

/** Entries that a block of seeds may have, and the least and most seeds of a block. */
const BLOCK_ENTRIES = 65_536;
const SMALLEST_BLOCK = 8;
const LARGEST_BLOCK = 256;

/**
 * Applies a linear function to every unit tensor of a shape, a block of them at a time under vmap, so that the function
 * only ever sees one. Results carry the unit tensor's index at axis 0: `[size(shape), ...shape(result)]`.
 */
export function mapBasis(shape: Shape, apply: (unit: Tensor) => readonly Tensor[]): readonly Tensor[] {
  const size = sizeOf(shape);
  const block = Math.min(
    LARGEST_BLOCK,
    Math.max(SMALLEST_BLOCK, Math.floor(BLOCK_ENTRIES / Math.max(1, size))),
  );
  const blocks: (readonly Tensor[])[] = [];
  for (let start = 0; start < size; start += block) {
    const count = Math.min(block, size - start);
    blocks.push(vmapFlat(([unit]) => apply(unit!), count, [unitTensors(shape, start, count)], [true]));
  }
  if (blocks.length === 1) return blocks[0]!;
  return (blocks[0] ?? []).map((_, i) =>
    concatenate(
      blocks.map((results) => results[i]!),
      { axis: 0 },
    ),
  );
}

/** Unit tensors number start … start + count - 1 of a shape, stacked at axis 0. */
function unitTensors(shape: Shape, start: number, count: number): Tensor {
  const size = sizeOf(shape);
  const store = new Float64Array(count * size);
  for (let i = 0; i < count; i++) store[i * size + start + i] = 1;
  return concrete(store, [count, ...shape]);
}

/** `[size(x), ...shape(y)]`, one directional derivative for each entry of x, as a Jacobian `[...shape(y), ...shape(x)]`. */
export function columnsToJacobian(columns: Tensor, y: Shape, x: Shape): Tensor {
  return reshape(moveAxis(columns, 0, y.length), [...y, ...x]);
}

/** `[size(y), ...shape(x)]`, one pulled-back unit cotangent for each entry of y, as a Jacobian `[...shape(y), ...shape(x)]`. */
export function rowsToJacobian(rows: Tensor, y: Shape, x: Shape): Tensor {
  return reshape(rows, [...y, ...x]);
}
