import { FluxionError } from "../../errors.ts";
import { broadcastShapes, formatShape, SCALAR_SHAPE, type Shape, stridesOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Batch } from "../operator.ts";
import { reshape } from "../shape/reshape.ts";

/** The axes before the last `coreRank` ones, over which an operator is repeated. Throws `SHAPE_MISMATCH` if too few. */
export function leadingShape(asked: string, shape: Shape, coreRank: 1 | 2): Shape {
  if (shape.length === coreRank) return SCALAR_SHAPE;
  if (shape.length < coreRank)
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `${asked} takes ${coreRank === 1 ? "vectors: rank 1" : "matrices: rank 2"}, or more for a stack of them; ` +
        `found the shape ${formatShape(shape)} of rank ${shape.length}. ` +
        (shape.length === 0
          ? "Scale by a scalar with mul()."
          : "Use reshape to make a row or a column of the vector."),
    );
  return shape.slice(0, shape.length - coreRank);
}

/** Leading axes stretch against each other like those of elementwise operators. Throws `SHAPE_MISMATCH`. */
export function broadcastLeading(asked: string, a: Shape, b: Shape): Shape {
  return a.length === 0 ? b : b.length === 0 ? a : broadcastShapes(`${asked}, axes before the last`, a, b);
}

/** n of an n×n matrix or a stack of them. Throws `SHAPE_MISMATCH`. */
export function squareLength(asked: string, shape: Shape): number {
  leadingShape(asked, shape, 2);
  const rows = shape.at(-2)!;
  const columns = shape.at(-1)!;
  if (rows !== columns)
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `${asked} takes square matrices; found the shape ${formatShape(shape)}, which is ${rows}×${columns} in the last two axes.`,
    );
  return rows;
}

/** The position of every element in row-major order, given how far apart neighbours are along each axis. */
export function offsetsOf(lengths: Shape, strides: readonly number[]): readonly number[] {
  let offsets = [0];
  lengths.forEach((length, axis) => {
    const longer = new Array<number>(offsets.length * length);
    for (let i = 0, to = 0; i < offsets.length; i++)
      for (let j = 0; j < length; j++) longer[to++] = offsets[i]! + j * strides[axis]!;
    offsets = longer;
  });
  return offsets;
}

/** Where each of the matrices (of `size` entries) that an operand is repeated over begins, stretched to `leading`. */
export function leadingOffsets(leading: Shape, own: Shape, size: number): readonly number[] {
  const strides = stridesOf(own);
  const missing = leading.length - own.length;
  return offsetsOf(
    leading,
    leading.map((_, axis) =>
      axis < missing || own[axis - missing] === 1 ? 0 : strides[axis - missing]! * size,
    ),
  );
}

/** Batched operands with axes of length 1 after the batch, so that their other leading axes stay aligned. */
export function alignLeading(
  batch: Batch,
  inputs: readonly Tensor[],
  coreRanks: readonly number[],
): readonly Tensor[] {
  const leading = inputs.map((x, i) => x.rank - coreRanks[i]! - (batch.batched[i]! ? 1 : 0));
  const most = Math.max(...leading);
  return inputs.map((x, i) =>
    batch.batched[i]! && leading[i]! < most
      ? reshape(x, [batch.size, ...new Array<number>(most - leading[i]!).fill(1), ...x.shape.slice(1)])
      : x,
  );
}

/** The concrete tensor under every level of differentiation, or null where there is none. */
export function numbersOf(a: Tensor): Tensor | null {
  let under: Tensor | null = a;
  while (under !== null && under.level !== 0) under = under.primal;
  return under;
}
