import { FluxionError } from "../errors.ts";
import { checkShape, LARGEST_RANK, type Shape, sizeOf, TOO_MANY_ENTRIES, tooLarge } from "./shape.ts";

/**
 * Float64 storage for results.
 *
 * `new Float64Array(n)` costs one to five microseconds beyond 64 bytes; a view of a slab a tenth of that. What leaves
 * a differentiation operator is copied into storage of its own, so that a small result doesn't pin a slab.
 */
const SLAB_LENGTH = 8192;
const LARGEST_VIEW = 512;

let slab: ArrayBuffer = new ArrayBuffer(0);
let used: number = Infinity;

/** Zero-filled storage of n entries, possibly a view of a slab. Throws `LIMIT` when there is no room for them. */
export function allocate(n: number): Float64Array {
  // A fraction or a negative number would shift every later view of the slab.
  if (n >>> 0 !== n || n > LARGEST_VIEW) return allocateAlone([n]);
  if (used + n > SLAB_LENGTH) {
    slab = new ArrayBuffer(8 * SLAB_LENGTH);
    used = 0;
  }
  const view = new Float64Array(slab, 8 * used, n);
  used += n;
  return view;
}

/** Zero-filled storage for a result of this shape. Throws `LIMIT` and names the shape when there is no room for it. */
export function allocateShape(shape: Shape): Float64Array {
  const n = sizeOf(shape);
  return n <= LARGEST_VIEW && shape.length <= LARGEST_RANK ? allocate(n) : allocateAlone(shape);
}

function allocateAlone(shape: Shape): Float64Array {
  const n = sizeOf(shape);
  if (n >= TOO_MANY_ENTRIES) throw tooLarge("the result", shape);
  checkShape("the result", shape);
  try {
    return new Float64Array(n);
  } catch (error) {
    if (error instanceof RangeError)
      throw new FluxionError(
        "LIMIT",
        `the result: there is no memory for the shape [${shape.join(",")}], ${8 * n} bytes (${error.message}). Work in blocks.`,
      );
    throw error;
  }
}
