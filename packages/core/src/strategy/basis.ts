import { concatenate } from "../operators/shape/concatenate.ts";
import { moveAxis } from "../operators/shape/move-axis.ts";
import { reshape } from "../operators/shape/reshape.ts";
import { slice } from "../operators/shape/slice.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import { concrete, type Tensor } from "../tensor/tensor.ts";
import { vmapFlat } from "../vmap/vmap.ts";
import type { Tangents } from "./definition.ts";

/** Entries that a block of seeds may have, and the least and most seeds of a block. */
const BLOCK_ENTRIES = 65_536;
const SMALLEST_BLOCK = 8;
const LARGEST_BLOCK = 256;

/**
 * Applies a linear function to every unit of a list of tensors (1 in one entry of one of them, 0 in all others), a block
 * of units at a time under vmap, so that the function only ever sees one. A tensor in which no unit of a block has its 1
 * is null. Results carry the unit's number at axis 0: `[entries of all shapes, ...shape(result)]`.
 */
export function mapBasis(
  shapes: readonly Shape[],
  apply: (units: Tangents) => readonly Tensor[],
): readonly Tensor[] {
  const ends = endsOf(shapes);
  const size = ends.at(-1) ?? 0;
  const block = Math.min(
    LARGEST_BLOCK,
    Math.max(SMALLEST_BLOCK, Math.floor(BLOCK_ENTRIES / Math.max(1, size))),
  );
  const blocks: (readonly Tensor[])[] = [];
  for (let start = 0; start < size; start += block) {
    const stop = Math.min(size, start + block);
    const seeds = shapes.map((shape, i) => unitTensors(shape, ends[i]! - sizeOf(shape), start, stop));
    const seeded = seeds.filter((seed) => seed !== null);
    const run = (units: readonly Tensor[]): readonly Tensor[] => {
      let next = 0;
      return apply(seeds.map((seed) => (seed === null ? null : units[next++]!)));
    };
    blocks.push(vmapFlat(run, stop - start, seeded, seeded.map(() => true))); // prettier-ignore
  }
  if (blocks.length === 1) return blocks[0]!;
  return (blocks[0] ?? []).map((_, i) =>
    concatenate(
      blocks.map((results) => results[i]!),
      { axis: 0 },
    ),
  );
}

/** The rows of one of the tensors among those of all, as `mapBasis` gives them. */
export function rowsOf(all: Tensor, shapes: readonly Shape[], i: number): Tensor {
  const end = endsOf(shapes)[i]!;
  return shapes.length === 1 ? all : slice(all, [[end - sizeOf(shapes[i]!), end]]);
}

/** Where the entries of each tensor end when all are counted on. */
function endsOf(shapes: readonly Shape[]): readonly number[] {
  let end = 0;
  return shapes.map((shape) => (end += sizeOf(shape)));
}

/** Of the units start … stop - 1 the parts in a tensor whose first entry is number `first`; null when all are 0. */
function unitTensors(shape: Shape, first: number, start: number, stop: number): Tensor | null {
  const size = sizeOf(shape);
  if (first + size <= start || stop <= first || size === 0) return null;
  const store = new Float64Array((stop - start) * size);
  for (let unit = Math.max(start, first); unit < Math.min(stop, first + size); unit++)
    store[(unit - start) * size + unit - first] = 1;
  return concrete(store, [stop - start, ...shape]);
}

/** `[size(x), ...shape(y)]`, one directional derivative for each entry of x, as a Jacobian `[...shape(y), ...shape(x)]`. */
export function columnsToJacobian(columns: Tensor, y: Shape, x: Shape): Tensor {
  return reshape(moveAxis(columns, 0, y.length), [...y, ...x]);
}

/** `[size(y), ...shape(x)]`, one pulled-back unit cotangent for each entry of y, as a Jacobian `[...shape(y), ...shape(x)]`. */
export function rowsToJacobian(rows: Tensor, y: Shape, x: Shape): Tensor {
  return reshape(rows, [...y, ...x]);
}
