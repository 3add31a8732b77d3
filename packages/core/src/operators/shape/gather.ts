import type { Shape } from "../../tensor/shape.ts";

/** out in row-major order of `shape` from entries of a strided view: `data[offset + Σ indexₖ·stridesₖ]`. */
export function gather(out: Float64Array, shape: Shape, data: Float64Array, offset: number, strides: readonly number[]): void {
  walk(shape, strides, (o, n, p, step) => {
    for (let i = 0; i < n; i++) out[o + i] = data[offset + p + i * step]!;
  });
}

/** Entries in row-major order of `shape`, put into a strided view of `out`. */
export function scatter(out: Float64Array, offset: number, strides: readonly number[], shape: Shape, data: Float64Array): void {
  walk(shape, strides, (o, n, p, step) => {
    for (let i = 0; i < n; i++) out[offset + p + i * step] = data[o + i]!;
  });
}

/** Visits the rows along the last axis: where each begins in row-major order and in the view, and the view's step. */
function walk(shape: Shape, strides: readonly number[], row: (o: number, n: number, p: number, step: number) => void): void {
  const last = shape.length - 1;
  if (last < 0) {
    row(0, 1, 0, 0);
    return;
  }
  const n = shape[last]!;
  const rows = shape.slice(0, last).reduce((count, length) => count * length, 1);
  if (n === 0 || rows === 0) return;
  const index = new Array<number>(last).fill(0);
  let p = 0;
  for (let r = 0; r < rows; r++) {
    row(r * n, n, p, strides[last]!);
    for (let axis = last - 1; axis >= 0; axis--) {
      p += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      index[axis] = 0;
      p -= strides[axis]! * shape[axis]!;
    }
  }
}
