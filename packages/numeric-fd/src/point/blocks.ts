import { type Tangents, type Tensor, add, matmul, reshape, zeros } from "@fluxion/core";
import { concrete } from "./point.ts";

/** A flat array as tensors of the shapes of some others. */
export function split(values: Float64Array, like: readonly Tensor[]): Tensor[] {
  let start = 0;
  return like.map((tensor) => concrete(values.slice(start, (start += tensor.size)), tensor));
}

/** A matrix `[row entry][column entry]` as blocks `[row][column]` of shape `[...shape(row), ...shape(column)]`. */
export function blocks(
  values: Float64Array,
  rows: readonly Tensor[],
  columns: readonly Tensor[],
): Tensor[][] {
  const width = columns.reduce((total, { size }) => total + size, 0);
  let top = 0;
  return rows.map((row) => {
    let left = 0;
    const line = columns.map((column) => {
      const block = new Float64Array(row.size * column.size);
      for (let i = 0; i < row.size; i++) {
        const from = (top + i) * width + left;
        block.set(values.subarray(from, from + column.size), i * column.size);
      }
      left += column.size;
      return shaped(block, [...row.shape, ...column.shape]);
    });
    top += row.size;
    return line;
  });
}

function shaped(store: Float64Array, shape: readonly number[]): Tensor {
  return concrete(store, zeros(shape));
}

/** Σ over outputs of cotangent · block, in the shape of the input. */
export function contract(cotangents: Tangents, column: readonly Tensor[], input: Tensor): Tensor | null {
  let total: Tensor | null = null;
  cotangents.forEach((cotangent, k) => {
    if (cotangent === null) return;
    const product = matmul(
      reshape(cotangent, [1, cotangent.size]),
      reshape(column[k]!, [cotangent.size, input.size]),
    );
    total = total === null ? product : add(total, product);
  });
  return total && reshape(total, input.shape);
}
